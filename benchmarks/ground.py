"""The empty shop that benchmarks of the database begin with."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def empty_shop(folder: Path, database: str = "") -> None:
    """Django is ready, on a new SQLite file in `folder`, or on the empty database at this address."""
    os.environ["VAFA_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "vafa.config.settings"
    os.environ.pop("VAFA_DATABASE_URL", None)
    if database:
        os.environ["VAFA_DATABASE_URL"] = database
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@contextmanager
def fresh_database(address: str) -> Iterator[str]:
    """The address of an empty database on that PostgreSQL server, dropped afterwards."""
    import psycopg

    name = f"vafa_bench_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{address.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def register_bench_kind() -> None:
    """The kind of the promises that benchmarks of the ledger make."""
    from vafa.promises.kinds import PromiseKind, register

    register(PromiseKind("bench", {"en": "Bench"}))
