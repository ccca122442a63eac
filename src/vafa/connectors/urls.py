"""Addresses of the connectors room."""

from __future__ import annotations

from django.urls import path

from vafa.connectors import hooks
from vafa.connectors.views import importing, options, products, sources

app_name = "connectors"
urlpatterns = [
    path("hooks/tracking/<slug:code>", hooks.hook, name="hook"),
    path("sources/", sources.listing, name="sources"),
    path("sources/new", sources.new, name="new-source"),
    path("sources/<slug:code>/", sources.source, name="source"),
    path("sources/<slug:code>/secret", sources.secret, name="source-secret"),
    path("sources/<slug:code>/change", sources.change, name="change-source"),
    path("sources/<slug:code>/<int:number>/", sources.item, name="item"),
    path("sources/<slug:code>/<int:number>/end", sources.end_item, name="end-item"),
    path("import/", importing.import_page, name="import"),
    path("import/options/", options.options, name="options"),
    path("import/options/table.csv", options.table, name="options-table"),
    path("import/products/", products.products, name="products"),
    path("import/products/sample.csv", products.sample, name="products-sample"),
    path("import/products/<uuid:public_id>/", products.run_page, name="products-run"),
    path("import/products/<uuid:public_id>/preview/", products.preview, name="products-preview"),
    path("import/products/<uuid:public_id>/rejects.csv", products.rejects, name="products-rejects"),
    path("import/products/<uuid:public_id>/drop/", products.drop, name="products-drop"),
    path("import/<uuid:public_id>/", importing.run_page, name="run"),
    path("import/<uuid:public_id>/columns/", importing.columns, name="columns"),
    path("import/<uuid:public_id>/preview/", importing.preview_page, name="preview"),
    path("import/<uuid:public_id>/mapping.toml", importing.mapping_file, name="mapping"),
    path("import/<uuid:public_id>/rejects.csv", importing.rejects_file, name="rejects"),
    path("import/<uuid:public_id>/drop/", importing.drop, name="drop"),
]
