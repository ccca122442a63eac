"""Addresses of the orders room."""

from __future__ import annotations

from django.urls import path

from vafa.orders import views

app_name = "orders"
urlpatterns = [path("orders/<uuid:public_id>/recipient/", views.recipient, name="recipient")]
