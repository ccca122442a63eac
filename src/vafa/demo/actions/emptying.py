"""The simulated shop goes, all of it at once.

This is the one place that removes rows of every room, and of the append-only ledger. It does so only while the shop is
marked as simulated (looked up under a lock, in the same transaction). The triggers that guard the ledger are set aside
and put back inside that transaction: no other connection ever sees the tables without them, and if anything fails,
nothing has happened.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions import empty_index
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.shop import memory
from vafa.shop.actions import locked_shop

FOLDERS = ("imports", "drop", "files", "keys")


@transaction.atomic
def empty_simulated_shop() -> None:
    """Delete every row of the simulated shop. Problem `not-simulated` (409) for any other, and nothing is deleted."""
    if not locked_shop().simulated:
        raise Problem("not-simulated", _("This is not a simulated shop. Nothing was deleted."), status=409)
    tables = sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))
    quoted = [connection.ops.quote_name(table) for table in tables]
    empty = _empty_postgresql if connection.vendor == "postgresql" else _empty_sqlite
    with connection.cursor() as cursor:
        empty(cursor, quoted)
    memory.forget()
    transaction.on_commit(clock.look_again)
    transaction.on_commit(_forget_files)
    transaction.on_commit(empty_index)


def _forget_files() -> None:
    """Files the demo's visitors brought, and the private keys whose public halves have just gone."""
    for name in FOLDERS:
        shutil.rmtree(Path(settings.HOME) / name, ignore_errors=True)


def _empty_postgresql(cursor: Any, tables: list[str]) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _empty_sqlite(cursor: Any, tables: list[str]) -> None:
    with _triggers_set_aside(cursor):
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - the names come from Django's own models


@contextmanager
def _triggers_set_aside(cursor: Any) -> Iterator[None]:
    """SQLite cannot switch triggers off: they are dropped and made again from what the database says they were."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
    yield
    for _name, sql in triggers:
        cursor.execute(sql)
