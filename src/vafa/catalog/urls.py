"""Addresses of the catalog."""

from __future__ import annotations

from django.urls import path

from vafa.catalog.views import files, searches

app_name = "catalog"
urlpatterns = [
    path("window/searches/", searches.misses, name="misses"),
    path("window/synonyms/", searches.synonyms, name="synonyms"),
    path("window/synonyms/new/", searches.synonyms_group, name="new-synonyms"),
    path("window/synonyms/<int:number>/", searches.synonyms_group, name="synonyms-group"),
    path("window/synonyms/<int:number>/forget", searches.forget, name="forget-synonyms"),
    path("pictures/<str:file>", files.picture, name="picture"),
]
