"""Addresses of the vouchers room."""

from __future__ import annotations

from django.urls import path

from vafa.vouchers import views

app_name = "vouchers"
urlpatterns = [path("vouchers/", views.listing, name="list")]
