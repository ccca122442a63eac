"""The empty shop on SQLite that benchmarks of the database begin with."""

from __future__ import annotations

import os
from pathlib import Path


def empty_shop(folder: Path) -> None:
    """Django is ready, on a new database of its own in `folder`, whatever the environment names."""
    os.environ["VAFA_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "vafa.config.settings"
    os.environ.pop("VAFA_DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def register_bench_kind() -> None:
    """The kind of the promises that benchmarks of the ledger make."""
    from vafa.promises.kinds import PromiseKind, register

    register(PromiseKind("bench", {"en": "Bench"}))
