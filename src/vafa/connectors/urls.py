"""Addresses of the connectors room."""

from __future__ import annotations

from django.urls import path

from vafa.connectors import hooks, views

app_name = "connectors"
urlpatterns = [
    path("hooks/tracking/<slug:code>", hooks.hook, name="hook"),
    path("import/", views.import_page, name="import"),
    path("import/<uuid:public_id>/", views.run_page, name="run"),
    path("import/<uuid:public_id>/columns/", views.columns, name="columns"),
    path("import/<uuid:public_id>/preview/", views.preview_page, name="preview"),
    path("import/<uuid:public_id>/mapping.toml", views.mapping_file, name="mapping"),
    path("import/<uuid:public_id>/rejects.csv", views.rejects_file, name="rejects"),
    path("import/<uuid:public_id>/drop/", views.drop, name="drop"),
]
