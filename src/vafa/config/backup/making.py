"""Making a backup: copy, read the copy back, and only then give it its name."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from vafa.config.backup import databases, manifest
from vafa.config.backup.manifest import Manifest
from vafa.kit.clock import real_now
from vafa.kit.locks import IN_USE, Locked, locked
from vafa.kit.problems import Problem
from vafa.promises.queries import faults_of_chain, seals

Tell = Callable[[float, str], None]
PARTIAL = ".partial"
PREFIX = "vafa-"
KEPT_FILES = ("secret-key", "keys", "imports", "drop", "files")  # of the data folder, beside the database
MADE_ANEW = ("index",)  # from the database
COPYING_DATABASE = gettext_noop("Copying the database")
COPYING_FILES = gettext_noop("Copying keys and files")
READING_BACK = gettext_noop("Reading the copy back")
TIME = "%Y%m%dT%H%M%SZ"


def make(folder: Path, tell: Tell) -> tuple[Path, Manifest]:
    """Write a backup into a new folder under `folder`, verified; its place and what it holds.

    A run that is killed leaves a `.partial` folder, which the next run removes. Problem `backup-running` (409) beside
    another run, `backup-damaged` where the copy does not read back as it should.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        at = real_now()
        partial = folder / f"{PREFIX}{at:{TIME}}-{secrets.token_hex(3)}{PARTIAL}"
        partial.mkdir(mode=0o700)
        try:
            said = _fill(partial, at, tell)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        finished = partial.with_name(partial.name.removesuffix(PARTIAL))
        partial.rename(finished)
        manifest.on_disk(folder)
        tell(1.0, "")
        return finished, said


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with locked(folder / ".lock"), locked(Path(settings.HOME) / IN_USE, shared=True):
            for dead in folder.glob(f"{PREFIX}*{PARTIAL}"):
                shutil.rmtree(dead)
            yield
    except Locked:
        raise Problem("backup-running", _("A backup or a restore is running already."), status=409) from None


def _fill(partial: Path, at: datetime, tell: Tell) -> Manifest:
    databases.copy_database(partial, lambda share: tell(0.6 * share, COPYING_DATABASE))
    tell(0.6, COPYING_FILES)
    _copy_files(partial / "home")  # after the database: a file that a row names was there before the row
    tell(0.7, READING_BACK)
    said = read_back(partial, Manifest(at.isoformat(), connection.vendor, {}, 0, ""))
    tell(0.9, READING_BACK)
    files = manifest.digests(partial)
    size = sum(path.stat().st_size for path in manifest.files_in(partial))
    said = replace(said, files=files, size=size)
    manifest.write(partial, said)
    for each in {path.parent for path in manifest.files_in(partial)}:
        manifest.on_disk(each)
    return said


def _copy_files(target: Path) -> None:
    home = Path(settings.HOME)
    for name in KEPT_FILES:
        for path in manifest.files_in(home / name) if (home / name).is_dir() else [home / name]:
            with suppress(FileNotFoundError):  # never there, or tidied away meanwhile
                manifest.copy(path, target / path.relative_to(home))


def read_back(folder: Path, said: Manifest) -> Manifest:
    """Open the copy as a database: rows counted, the chain of seals followed to its head, keys looked for.

    Problem `backup-damaged` where something does not fit.
    """
    with databases.opened(folder, said.vendor) as copy:
        rows = databases.rows_of(copy)
        if said.vendor == "postgresql":
            rows = {name: count for name, count in rows.items() if (folder / databases.TABLES / f"{name}.csv").exists()}
        if fault := next(faults_of_chain(), None):
            raise databases.damaged(f"{fault.what} {fault.where}")
        newest, count = seals().first(), seals().count()
    return replace(said, rows=rows, seals=count, seal=newest.digest if newest else "")


def default_folder() -> Path:
    """Where backups go that name no other place."""
    return Path(settings.BACKUPS)


def backups_in(folder: Path) -> list[Path]:
    """Finished backups, the newest first. Their names begin with the time, so names sort as times do."""
    found = [path for path in folder.glob(f"{PREFIX}*") if path.is_dir() and not path.name.endswith(PARTIAL)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def made_at(backup: Path) -> datetime:
    """Real time at which the backup was begun, read from its name."""
    return datetime.strptime(backup.name.split("-")[1] + "+0000", f"{TIME}%z")


def forget_old(folder: Path, keep: int) -> list[str]:
    """Of each day keep the newest, `keep` days in all, and all of the newest day; the names of those that went."""
    seen: list[str] = []
    old = []
    for backup in backups_in(folder):
        day = f"{made_at(backup):%Y%m%d}"
        if day not in seen:
            seen.append(day)
            if len(seen) <= keep:
                continue
        elif len(seen) == 1:
            continue
        old.append(backup)
    for backup in old:
        gone = backup.with_name(backup.name + PARTIAL)  # from now on no backup any more, should this be killed
        backup.rename(gone)
        shutil.rmtree(gone)
    return [backup.name for backup in old]
