"""Addresses of the fulfilment room."""

from __future__ import annotations

from django.urls import path

from vafa.fulfilment.views import cancelling, listing, order, packing, papers, wrong_prices

app_name = "fulfilment"
urlpatterns = [
    path("catalogue/wrong-prices/", wrong_prices.listing, name="wrong-prices"),
    path("catalogue/wrong-prices/new/<int:number>/", wrong_prices.declare, name="declare-wrong-price"),
    path("catalogue/wrong-prices/<uuid:public_id>/", wrong_prices.case, name="wrong-price"),
    path("orders/", listing.orders, name="orders"),
    path("orders/pick/", papers.picking, name="picking"),
    path("orders/<uuid:public_id>/", order.order, name="order"),
    path("orders/<uuid:public_id>/note", order.note, name="note"),
    path("orders/<uuid:public_id>/pack/", packing.packing, name="pack"),
    path("orders/<uuid:public_id>/parcels/<int:number>/send", packing.send, name="send"),
    path("orders/<uuid:public_id>/parcels/<int:number>/unpack", packing.unpacked, name="unpack"),
    path("orders/<uuid:public_id>/parcels/<int:number>/take-back", packing.taken_back, name="take-back"),
    path("orders/<uuid:public_id>/parcels/<int:number>/arrived", packing.arrived, name="arrived"),
    path("orders/<uuid:public_id>/parcels/<int:number>/slip/", papers.slip, name="slip"),
    path("orders/<uuid:public_id>/give-back/", cancelling.giving_back, name="give-back"),
    path("orders/<uuid:public_id>/cancel", cancelling.cancelled, name="cancel"),
    path("orders/<uuid:public_id>/invoice/", papers.invoice, name="invoice"),
    path("orders/<uuid:public_id>/invoice/file", papers.invoice_file, name="invoice-file"),
    path("orders/<uuid:public_id>/invoice/new", papers.new_invoice, name="new-invoice"),
    path("orders/<uuid:public_id>/credits/<int:number>/", papers.credit_note, name="credit-note"),
]
