"""Addresses of the demo room."""

from __future__ import annotations

from django.urls import path

from vafa.demo.views import landing, time

app_name = "demo"
urlpatterns = [
    path("demo/", landing.landing, name="landing"),
    path("demo/enter", landing.enter, name="enter"),
    path("demo/time", time.time_page, name="time"),
    path("demo/tick", time.tick, name="tick"),
    path("demo/strike", time.strike, name="strike"),
    path("demo/strike/end", time.stop_strike, name="end-strike"),
    path("demo/replace", landing.replace, name="replace"),
    path("covers/<str:title>.svg", landing.cover, name="cover"),
]
