"""Puts the triggers that protect prices back after every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "vafa.catalog"

    def ready(self) -> None:
        post_migrate.connect(_protect, sender=self, dispatch_uid="catalog.protect")


def _protect(using: str, **_kwargs: Any) -> None:
    """Django rebuilds an SQLite table to alter it, and the triggers of the old one silently go with it."""
    from vafa.catalog.triggers import PRICES

    PRICES.protect(using)
