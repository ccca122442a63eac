"""Addresses of the shop window."""

from __future__ import annotations

from django.urls import path

from vafa.storefront.views import comparing, feeds, guiding, places, products, shelves

app_name = "storefront"
urlpatterns = [
    path("shop/", shelves.home, name="home"),
    path("shop/search/", shelves.search, name="search"),
    path("shop/suggest/", shelves.suggest, name="suggest"),
    path("shop/compare/", comparing.compare, name="compare"),
    path("shop/help/<slug:code>/", guiding.guide, name="guide"),
    path("shop/place/", places.choose, name="place"),
    path("shop/c/<slug:code>/", shelves.shelf, name="shelf"),
    path("shop/p/<str:code>/", products.product, name="product"),
    path("feeds/google.xml", feeds.google, name="google"),
    path("torob_api/v3/products", feeds.torob, name="torob"),
]
