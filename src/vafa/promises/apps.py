"""Puts the triggers that make events append-only back after every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PromisesConfig(AppConfig):
    name = "vafa.promises"

    def ready(self) -> None:
        post_migrate.connect(_protect, sender=self, dispatch_uid="promises.protect")


def _protect(using: str, **_kwargs: Any) -> None:
    """Django rebuilds an SQLite table to alter it, and the triggers of the old one silently go with it."""
    from vafa.promises.triggers import protect

    protect(using)
