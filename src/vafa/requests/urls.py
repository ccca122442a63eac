"""Addresses of the requests room."""

from __future__ import annotations

from django.urls import path

from vafa.requests.views import addresses, privacy, reports

app_name = "requests"
urlpatterns = [
    path("reports/", reports.listing, name="reports"),
    path("reports/<uuid:public_id>/", reports.one, name="report"),
    path("orders/<uuid:public_id>/address/", addresses.address, name="address"),
    path("privacy/", privacy.listing, name="privacy"),
]
