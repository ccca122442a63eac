"""Addresses of the kit: the living page of components."""

from __future__ import annotations

from django.urls import path

from vafa.kit import gallery

app_name = "kit"
urlpatterns = [
    path("components/", gallery.components, name="components"),
    path("components/side-by-side/", gallery.side_by_side, name="side_by_side"),
    path("components/faults/<slug:name>/", gallery.fault, name="fault"),
]
