"""Addresses of the demo room."""

from __future__ import annotations

from django.urls import path

from vafa.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.landing, name="landing"),
    path("demo/enter", views.enter, name="enter"),
    path("demo/replace", views.replace, name="replace"),
    path("covers/<str:title>.svg", views.cover, name="cover"),
]
