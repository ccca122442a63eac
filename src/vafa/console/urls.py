"""Addresses of the console room."""

from __future__ import annotations

from django.urls import path

from vafa.console import views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("report/", views.report, name="report"),
    path("report/again/", views.report_again, name="report-again"),
]
