"""Addresses of the visits room."""

from __future__ import annotations

from django.urls import path

from vafa.visits.views import arriving, speed

app_name = "visits"
urlpatterns = [
    path("visit", arriving.arrived, name="arrived"),
    path("window/speed/", speed.speed, name="speed"),
]
