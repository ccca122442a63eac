"""Addresses of the catalog."""

from __future__ import annotations

from django.urls import path

from vafa.catalog.views import (
    articles,
    bulk,
    files,
    guiding,
    inquiries,
    options,
    pictures,
    products,
    searches,
    shelves,
    waiting,
)

app_name = "catalog"
urlpatterns = [
    path("window/searches/", searches.misses, name="misses"),
    path("window/synonyms/", searches.synonyms, name="synonyms"),
    path("window/synonyms/new/", searches.synonyms_group, name="new-synonyms"),
    path("window/synonyms/<int:number>/", searches.synonyms_group, name="synonyms-group"),
    path("window/synonyms/<int:number>/forget", searches.forget, name="forget-synonyms"),
    path("window/guides/", guiding.listing, name="guides"),
    path("window/guides/<slug:code>/", guiding.one, name="guide"),
    path("window/guides/<slug:code>/new/", guiding.question, name="new-guide-question"),
    path("window/guides/<slug:code>/<int:number>/", guiding.question, name="guide-question"),
    path("window/guides/<slug:code>/<int:number>/forget", guiding.forget, name="forget-guide-question"),
    path("window/questions/", inquiries.listing, name="inquiries"),
    path("window/questions/<int:number>/", inquiries.decide, name="answer-inquiry"),
    path("pictures/<str:file>", files.picture, name="picture"),
    path("catalogue/", products.listing, name="products"),
    path("catalogue/new/", products.new_product, name="new-product"),
    path("catalogue/products/<str:code>/", products.product, name="product"),
    path("catalogue/products/<str:code>/new/", articles.new_article, name="new-article"),
    path("catalogue/products/<str:code>/options/", options.listing, name="options"),
    path("catalogue/products/<str:code>/options/new/", options.option, name="new-option"),
    path("catalogue/products/<str:code>/options/<int:number>/", options.option, name="option"),
    path("catalogue/products/<str:code>/options/<int:number>/forget", options.forget, name="forget-option"),
    path("catalogue/products/<str:code>/rules/new/", options.rule, name="new-option-rule"),
    path("catalogue/products/<str:code>/rules/<int:number>/", options.rule, name="option-rule"),
    path("catalogue/products/<str:code>/rules/<int:number>/forget", options.unbind, name="forget-option-rule"),
    path("catalogue/products/<str:code>/pictures/", pictures.add, name="add-picture"),
    path("catalogue/products/<str:code>/pictures/<int:number>/", pictures.change, name="change-picture"),
    path("catalogue/shelves/", shelves.shelves, name="shelves"),
    path("catalogue/shelves/new/", shelves.shelf, name="new-shelf"),
    path("catalogue/shelves/of/<str:code>/", shelves.shelf, name="shelf"),
    path("catalogue/brands/new/", shelves.brand, name="new-brand"),
    path("catalogue/brands/of/<str:code>/", shelves.brand, name="brand"),
    path("catalogue/storehouses/new/", shelves.storehouse, name="new-storehouse"),
    path("catalogue/storehouses/of/<str:code>/", shelves.storehouse, name="storehouse"),
    path("catalogue/articles/<int:number>/", articles.article, name="article"),
    path("catalogue/articles/<int:number>/stock/", articles.stock, name="stock"),
    path("catalogue/prices/", bulk.listing, name="edits"),
    path("catalogue/prices/new/", bulk.new_edit, name="new-edit"),
    path("catalogue/prices/<uuid:public_id>/", bulk.edit, name="edit"),
    path("catalogue/waiting/", waiting.queue, name="waiting"),
    path("catalogue/waiting/<uuid:public_id>/", waiting.decide, name="decide"),
]
