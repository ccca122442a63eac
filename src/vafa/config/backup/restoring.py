"""Bringing an installation back from a backup: as a whole, or not at all."""

from __future__ import annotations

import csv
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from vafa.catalog.triggers import PRICES
from vafa.config.backup import databases, making, manifest
from vafa.config.backup.manifest import Manifest
from vafa.config.backup.swapping import Swap
from vafa.jobs.models import Job, State
from vafa.jobs.queries import is_anybody_working
from vafa.kit.clock import now, real_now
from vafa.kit.locks import IN_USE, Locked, locked
from vafa.kit.problems import Problem
from vafa.promises.triggers import LEDGER

Tell = Callable[[float, str], None]
FILLED_BY_SETTING_UP = ("django_migrations", "django_content_type", "auth_permission", "jobs_job", "jobs_worker")
TASK = "config.restore"
APPEND_ONLY = (LEDGER, PRICES)  # their triggers go before the tables are filled and come back after it


def restore(backup: Path, tell: Tell, *, replace: bool) -> Manifest:
    """Put the backup in the place of what is there; what it held.

    Problems, and then nothing has changed: `no-backup`, `backup-damaged`, `backup-of-another-database`,
    `backup-too-new`, `not-empty` (409, without `replace`), `in-use` (409) while Vafa runs on this data folder.
    """
    said = manifest.read(backup)
    if said.vendor != connection.vendor:
        sentence = _("This backup is of %(theirs)s and this installation uses %(ours)s. Set VAFA_DATABASE_URL.")
        raise Problem("backup-of-another-database", sentence % {"theirs": said.vendor, "ours": connection.vendor})
    tell(0.0, "Checking the backup")
    manifest.check_files(backup, said)
    home = Path(settings.HOME)
    try:
        with locked(home / IN_USE):
            _require_place(replace=replace)
            _forget_dead_attempts(home)
            _change_places(backup, said, home, tell)
    except Locked:
        raise Problem(
            "in-use", _("Vafa is running on this data folder. Stop “vafa serve” and “vafa work” first."), status=409
        ) from None
    return said


def _require_place(*, replace: bool) -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if (
        {"jobs_worker", "jobs_job"} <= set(tables)
        and connection.vendor == "postgresql"
        and is_anybody_working(real_now())
    ):
        raise Problem(
            "in-use", _("A worker was seen on this database in the last half minute. Stop it first."), status=409
        )
    if not replace and (held := _holds(tables)):
        sentence = _("This installation is not empty (%(what)s). To put the backup in its place: --replace")
        raise Problem("not-empty", sentence % {"what": held}, status=409)


def _holds(tables: list[str]) -> str:
    """The first table with rows that somebody made, and how many; empty where there is none."""
    with connection.cursor() as cursor:
        for name in sorted(set(tables) - set(FILLED_BY_SETTING_UP)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            if count := cursor.fetchone()[0]:
                return f"{name}: {count}"
    return ""


def _change_places(backup: Path, said: Manifest, home: Path, tell: Tell) -> None:
    for name in making.MADE_ANEW:
        shutil.rmtree(home / name, ignore_errors=True)
    identity = secrets.token_hex(6)
    is_sqlite = said.vendor == "sqlite"
    database = str(connection.settings_dict["NAME"])
    places = [str(home / name) for name in making.KEPT_FILES if (backup / "home" / name).exists()]
    if is_sqlite:
        places.insert(0, database)
    swap = Swap(identity, places, "" if is_sqlite else f"{TASK}:{identity}")
    for place in places:
        source = backup / databases.SQLITE if is_sqlite and place == database else backup / "home" / Path(place).name
        _stage(source, swap.new(place))
    tell(0.4, "Putting it in place")
    if is_sqlite:
        connection.close()
        swap.write(home)
    else:
        with transaction.atomic():
            _load_all(backup, tell)
            _note(swap.if_committed)
            swap.write(home)  # the last thing before the commit decides whether it holds
    swap.carry_out()
    swap.done(home)


def _stage(source: Path, target: Path) -> None:
    for path in manifest.files_in(source) if source.is_dir() else [source]:
        manifest.copy(path, target / path.relative_to(source) if source.is_dir() else target)


def _forget_dead_attempts(home: Path) -> None:
    """What restores that were killed before their point of no return have left."""
    beside = {home, Path(str(connection.settings_dict["NAME"])).parent if connection.vendor == "sqlite" else home}
    for folder in beside:
        for left in folder.glob("*.restoring-*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


# --- PostgreSQL: one transaction in which everything is dropped, built as the backup knew it, and filled


def _load_all(backup: Path, tell: Tell) -> None:
    files = sorted((backup / databases.TABLES).glob("*.csv"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check may be pending while tables are being built
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")
        for each in APPEND_ONLY:
            cursor.execute(f"DROP FUNCTION IF EXISTS {each.function} CASCADE")
    _build_tables(backup / databases.TABLES / "django_migrations.csv")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # tables are filled in order of their names
        cursor.execute("SELECT current_schema()")
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        there = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
        cursor.execute(f"TRUNCATE {', '.join(there)} CASCADE")
        for number, file in enumerate(files):
            databases.load(cursor, file, schema=schema)
            tell(0.4 + 0.5 * (number + 1) / len(files), "Putting it in place")
        cursor.execute(_NEXT_NUMBERS)
    for each in APPEND_ONLY:
        each.protect()


def _build_tables(recorded: Path) -> None:
    """The tables as they were when the backup was made; newer changes are for `vafa migrate`."""
    with recorded.open(encoding="utf-8", newline="") as file:
        applied = {(row["app"], row["name"]) for row in csv.DictReader(file)}
    MigrationRecorder(connection).ensure_schema()
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    if unknown := applied - set(graph.nodes):
        sentence = _("The backup was made by a newer version of Vafa: it has %(what)s, which this one does not know.")
        raise Problem("backup-too-new", sentence % {"what": ".".join(min(unknown))})
    newest = [node for node in applied if not any(child.key in applied for child in graph.node_map[node].children)]
    executor.migrate(sorted(newest))


# What an identity column hands out next, after rows were loaded with their numbers.
_NEXT_NUMBERS = """
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT table_name, column_name FROM information_schema.columns
              WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP
    EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) FROM %I',
                   quote_ident(each.table_name), each.column_name, each.column_name, each.table_name);
  END LOOP;
END $$
"""


def _note(key: str) -> None:
    """A row of the new database that says that it is the new one."""
    at = real_now()
    Job.objects.create(
        task=TASK, unique_key=key, state=State.DONE, asked_at=now(), finished_at=at, fraction=1.0, periodic=True
    )
