"""Addresses of the checkout room: pages of the staff."""

from __future__ import annotations

from django.urls import path

from vafa.checkout.views import holds, taxes

app_name = "checkout"
urlpatterns = [
    path("holds/", holds.listing, name="holds"),
    path("holds/rules/", holds.rules, name="rules"),
    path("holds/<str:number>/", holds.decide, name="decide"),
    path("taxes/", taxes.taxes, name="taxes"),
    path("taxes/<int:number>/forget/", taxes.forget, name="forget-tax"),
]
