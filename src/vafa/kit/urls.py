"""Addresses of the kit: the living page of components."""

from __future__ import annotations

from django.urls import path

from vafa.kit import gallery

app_name = "kit"
urlpatterns = [
    path("components/", gallery.components, name="components"),
    path("components/faults/<slug:name>/", gallery.fault, name="fault"),
]
