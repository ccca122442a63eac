"""Addresses of the payments room."""

from __future__ import annotations

from django.urls import path

from vafa.payments.views import paying, refunds, sandbox

app_name = "payments"
urlpatterns = [
    path("pay/<uuid:public_id>/", paying.pay, name="pay"),
    path("pay/back/<slug:code>/", paying.back, name="back"),
    path("pay/hook/<slug:code>/", paying.hook, name="hook"),
    path("pay/sandbox/<slug:authority>/", sandbox.sandbox, name="sandbox"),
    path("refunds/", refunds.listing, name="refunds"),
    path("refunds/<int:number>/given", refunds.given, name="given"),
]
