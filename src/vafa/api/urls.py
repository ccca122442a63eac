"""Addresses of the api room."""

from __future__ import annotations

from django.urls import path

from vafa.api import views
from vafa.api.assembly import api

app_name = "api"
urlpatterns = [
    path("v1/docs", views.docs, name="docs"),
    path("v1/", api.urls),
]
