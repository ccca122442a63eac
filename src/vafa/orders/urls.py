"""Addresses of the orders room."""

from __future__ import annotations

from django.urls import path

from vafa.orders.views import opinions, recipients

app_name = "orders"
urlpatterns = [
    path("orders/<uuid:public_id>/recipient/", recipients.recipient, name="recipient"),
    path("window/opinions/", opinions.opinions, name="opinions"),
    path("window/opinions/<int:number>/", opinions.decide, name="decide-opinion"),
]
