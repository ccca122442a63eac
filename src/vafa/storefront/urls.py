"""Addresses of the shop window."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from vafa.storefront.views import (
    baskets,
    checkout,
    comparing,
    feeds,
    gallery,
    guiding,
    info,
    mine,
    my_changes,
    my_doings,
    my_invoice,
    my_orders,
    ordered,
    places,
    products,
    saying,
    shelves,
    signing_in,
    waiting,
    widget,
    widget_sites,
)

app_name = "storefront"

# Every page of an order lies behind both doors: the signed word, and being signed in. Each view is an `order_page`.
ORDER_PAGES: dict[str, tuple[str, Callable[..., HttpResponseBase]]] = {
    "": ("", my_orders.order),
    "opinion": ("opinion/", saying.review),
    "report": ("report", my_doings.report),
    "change": ("change", my_doings.change),
    "window": ("window/", my_changes.other_window),
    "elsewhere": ("elsewhere/", my_changes.other_place),
    "cancel": ("cancel", my_doings.cancel),
    "again": ("again", my_doings.again),
    "invoice": ("invoice/", my_invoice.invoice),
    "invoice-file": ("invoice/file", my_invoice.invoice_file),
}


def behind_both_doors() -> list[URLPattern]:
    """`order` and `my-order`, `order-cancel` and `my-order-cancel` …"""
    found = []
    for name, (end, view) in ORDER_PAGES.items():
        page = f"-{name}" if name else ""
        found.append(path(f"order/<str:word>/{end}", view, name=f"order{page}"))
        found.append(path(f"my/orders/<str:number>/{end}", view, name=f"my-order{page}"))
    return found


urlpatterns = [
    path("my/", signing_in.my, name="my"),
    path("my/code/<uuid:public_id>/", signing_in.code, name="code"),
    path("my/sign-out", signing_in.sign_out, name="sign-out"),
    path("my/orders/", my_orders.listing, name="my-orders"),
    path("my/vouchers/", mine.vouchers, name="my-vouchers"),
    path("my/messages/", mine.told, name="my-messages"),
    path("my/preferences/", mine.preferences, name="my-preferences"),
    path("my/privacy/", mine.privacy, name="my-privacy"),
    path("my/privacy/export", mine.export, name="my-export"),
    path("my/privacy/erase", mine.erase, name="my-erase"),
    *behind_both_doors(),
    path("shop/", shelves.home, name="home"),
    path("shop/search/", shelves.search, name="search"),
    path("shop/missed/", shelves.missed, name="missed"),
    path("shop/suggest/", shelves.suggest, name="suggest"),
    path("shop/compare/", comparing.compare, name="compare"),
    path("shop/help/<slug:code>/", guiding.guide, name="guide"),
    path("shop/basket/", baskets.basket, name="basket"),
    path("shop/basket/goes-with/", baskets.beside, name="goes-with"),
    path("shop/basket/put/", baskets.put, name="basket-put"),
    path("shop/basket/change/", baskets.change, name="basket-change"),
    path("shop/basket/renew/", baskets.renew, name="basket-renew"),
    path("shop/checkout/", checkout.address, name="checkout"),
    path("shop/checkout/postal/", checkout.postal, name="checkout-postal"),
    path("shop/checkout/delivery/", checkout.delivery, name="checkout-delivery"),
    path("shop/checkout/pay/", checkout.pay, name="checkout-pay"),
    path("shop/checkout/back/", checkout.back, name="checkout-back"),
    path("shop/checkout/done/<str:word>/", ordered.done, name="checkout-done"),
    path("shop/place/", places.choose, name="place"),
    path("shop/c/<slug:code>/", shelves.shelf, name="shelf"),
    path("shop/p/<str:code>/", products.product, name="product"),
    path("shop/p/<str:code>/beside/", products.beside, name="product-beside"),
    path("shop/info/<slug:page>/", info.info, name="info"),
    path("components/window/", gallery.gallery, name="gallery"),
    path("shop/p/<str:code>/opinions/", saying.opinions, name="opinions"),
    path("shop/p/<str:code>/tell-me/", waiting.tell_me, name="tell-me"),
    path("shop/back/<str:word>/", waiting.stop, name="wait-no-more"),
    path("shop/p/<str:code>/ask/", saying.ask, name="ask"),
    path("feeds/google.xml", feeds.google, name="google"),
    path("widget/vafa.js", widget.script, name="widget"),
    path("widget/promise", widget.promise, name="widget-promise"),
    path("widget/track", widget.track, name="widget-track"),
    path("settings/widget/", widget_sites.sites, name="widget-sites"),
    path("settings/widget/<int:pk>/", widget_sites.change, name="widget-site"),
    path("settings/widget/<int:pk>/close", widget_sites.close, name="close-widget-site"),
    path("torob_api/v3/products", feeds.torob, name="torob"),
]
