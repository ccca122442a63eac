"""The database's part of a backup: one consistent snapshot, taken while others write, and opened again to be read."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from vafa.config.backup.manifest import private_file
from vafa.kit.problems import Problem

Tell = Callable[[float], None]
SQLITE = "database.sqlite3"
TABLES = "tables"
PAGES = 4096  # of one step


def copy_database(folder: Path, tell: Tell) -> None:
    """Put a copy of this moment's database into the folder; `tell` hears the share that is done."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), folder / SQLITE, tell)
    else:
        _copy_postgresql(folder / TABLES, tell)


def _copy_sqlite(source: Path, target: Path, tell: Tell) -> None:
    """SQLite's own backup. The open read transaction makes all steps copy one moment, however much is written."""
    with private_file(target):
        pass
    with closing(sqlite3.connect(source, isolation_level=None, timeout=20)) as old:
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(target, isolation_level=None)) as new:
            old.backup(new, pages=PAGES, progress=lambda _status, left, total: tell(1 - left / max(total, 1)))
            new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    _flush(target)


def _copy_postgresql(folder: Path, tell: Tell) -> None:
    """All tables as CSV in one snapshot. `pg_dump` is not needed: its version would have to follow the server's."""
    folder.mkdir(mode=0o700)
    with _snapshot() as cursor:
        names = _tables(cursor)
        for number, name in enumerate(names):
            with private_file(folder / f"{name}.csv") as descriptor:
                statement = f"COPY {_quoted(name)} TO STDOUT WITH (FORMAT csv, HEADER)"
                with cursor.cursor.copy(statement) as rows:
                    for portion in rows:
                        os.write(descriptor, portion)
            tell((number + 1) / len(names))


@contextmanager
def _snapshot() -> Iterator[Any]:
    """A cursor of a connection of its own that sees one moment of the database and cannot write."""
    own = connections.create_connection("default")
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield cursor
            cursor.execute("COMMIT")
    finally:
        own.close()


def _tables(cursor: Any) -> list[str]:
    """Every table of the schema in use, in order of names."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    return [str(name) for (name,) in cursor.fetchall()]


@contextmanager
def opened(folder: Path, vendor: str) -> Iterator[BaseDatabaseWrapper]:
    """Within the block all queries of this thread read the copy and not the shop's database.

    The SQLite copy is opened itself; that of PostgreSQL is loaded into temporary tables that hide the real ones.
    """
    mine = connections["default"]
    mine.ensure_connection()
    with _opened_sqlite(folder / SQLITE) if vendor == "sqlite" else _loaded_postgresql(folder / TABLES) as copy:
        connections["default"] = copy
        try:
            yield copy
        finally:
            connections["default"] = mine


@contextmanager
def _opened_sqlite(file: Path) -> Iterator[BaseDatabaseWrapper]:
    from django.db.backends.sqlite3.base import DatabaseWrapper

    blank = connections.settings["default"]
    settings = {**blank, "ENGINE": "django.db.backends.sqlite3", "NAME": file, "CONN_MAX_AGE": 0}
    settings["OPTIONS"] = {"init_command": "PRAGMA query_only=ON;"}
    copy = DatabaseWrapper(settings, "default")
    try:
        with copy.cursor() as cursor:
            faults = [str(row[0]) for row in cursor.execute("PRAGMA integrity_check").fetchall()]
            strays = cursor.execute("PRAGMA foreign_key_check").fetchall()
        if faults != ["ok"] or strays:
            raise damaged(faults[0] if faults != ["ok"] else f"{strays[0][0]}: {len(strays)}")
        yield copy
    finally:
        copy.close()


@contextmanager
def _loaded_postgresql(folder: Path) -> Iterator[BaseDatabaseWrapper]:
    copy = connections.create_connection("default")
    try:
        with copy.cursor() as cursor:
            cursor.execute("BEGIN")
            for file in sorted(folder.glob("*.csv")):
                cursor.execute(f"CREATE TEMP TABLE {_quoted(file.stem)} (LIKE {_quoted(file.stem)}) ON COMMIT DROP")
                load(cursor, file, schema="pg_temp")
        yield copy
    finally:
        copy.close()  # which rolls back


def load(cursor: Any, file: Path, *, schema: str) -> None:
    """Read one table's file into the table of that schema."""
    columns = ", ".join(_quoted(name) for name in _columns(file))
    statement = f"COPY {schema}.{_quoted(file.stem)} ({columns}) FROM STDIN WITH (FORMAT csv, HEADER)"
    with file.open("rb") as source, cursor.cursor.copy(statement) as rows:
        while portion := source.read(1 << 20):
            rows.write(portion)


def _columns(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as source:
        return next(csv.reader(source))


def rows_of(database: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows each table of the opened database has."""
    with database.cursor() as cursor:
        names = sorted(database.introspection.table_names(cursor))
        return {name: _count(cursor, name) for name in names}


def _count(cursor: Any, name: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {_quoted(name)}")  # noqa: S608 - a table's own name
    return int(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def damaged(what: str) -> Problem:
    """The refusal of a copy that cannot be trusted."""
    return Problem("backup-damaged", _("The copy cannot be trusted: %(what)s") % {"what": what})
