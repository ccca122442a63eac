"""Addresses of the catalog."""

from __future__ import annotations

from django.urls import path

from vafa.catalog import views

app_name = "catalog"
urlpatterns = [
    path("window/searches/", views.misses, name="misses"),
    path("pictures/<str:file>", views.picture, name="picture"),
]
