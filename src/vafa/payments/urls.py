"""Addresses of the payments room."""

from __future__ import annotations

from django.urls import path

from vafa.payments import views

app_name = "payments"
urlpatterns = [
    path("refunds/", views.listing, name="refunds"),
    path("refunds/<int:number>/given", views.given, name="given"),
]
