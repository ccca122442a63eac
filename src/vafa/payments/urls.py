"""Addresses of the payments room."""

from __future__ import annotations

from django.urls import path

from vafa.payments.views import gateways, paying, payments, refunds, sandbox

app_name = "payments"
urlpatterns = [
    path("pay/<uuid:public_id>/", paying.pay, name="pay"),
    path("pay/back/<slug:code>/", paying.back, name="back"),
    path("pay/hook/<slug:code>/", paying.hook, name="hook"),
    path("pay/sandbox/<slug:authority>/", sandbox.sandbox, name="sandbox"),
    path("payments/", payments.listing, name="list"),
    path("payments/<uuid:public_id>/", payments.payment, name="payment"),
    path("payments/<uuid:public_id>/arrived/", payments.arrived, name="arrived"),
    path("payments/<uuid:public_id>/ask/", payments.ask, name="ask"),
    path("payments/<uuid:public_id>/decide/", payments.decide, name="decide"),
    path("payments/<uuid:public_id>/owe/", payments.owe, name="owe"),
    path("payments/gateways/", gateways.gateways, name="gateways"),
    path("payments/gateways/add/<slug:kind>/", gateways.add, name="add-gateway"),
    path("payments/gateways/<slug:code>/", gateways.gateway, name="gateway"),
    path("payments/gateways/<slug:code>/try/", gateways.try_out, name="try-gateway"),
    path("payments/gateways/<slug:code>/up/", gateways.move_up, name="move-up"),
    path("payments/gateways/<slug:code>/remove/", gateways.remove, name="remove-gateway"),
    path("refunds/", refunds.listing, name="refunds"),
    path("refunds/<int:number>/given", refunds.given, name="given"),
    path("refunds/<int:number>/back/", refunds.back, name="give-back"),
]
