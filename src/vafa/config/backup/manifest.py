"""What a backup says of itself, and whether its files are still what it says."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem

NAME = "manifest.json"
FORMAT = 1
PORTION = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """`rows` by table; `files` their SHA-256 by path within the backup; `seal` the newest seal's digest or empty."""

    at: str
    vendor: str
    rows: dict[str, int]
    seals: int
    seal: str
    size: int = 0
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def made_at(self) -> datetime:
        """Real time of the database's snapshot."""
        return datetime.fromisoformat(self.at)

    @property
    def row_count(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


def write(folder: Path, manifest: Manifest) -> None:
    """Write it down as the backup's last file."""
    with private_file(folder / NAME) as descriptor:
        os.write(descriptor, json.dumps(asdict(manifest), indent=1, sort_keys=True).encode())


def read(folder: Path) -> Manifest:
    """The manifest of the backup in that folder. Problem `no-backup` where there is none that this version reads."""
    try:
        held = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if held["format"] != FORMAT:
            raise Problem("no-backup", _("This backup was made by a newer version of Vafa."))
        return Manifest(**held)
    except (OSError, ValueError, TypeError, KeyError):
        raise Problem("no-backup", _("There is no backup of Vafa in that folder.")) from None


def check_files(folder: Path, manifest: Manifest) -> None:
    """Problem `backup-damaged` where a file is missing, of another content, or there is one too many."""
    if changed := sorted(set(digests(folder).items()) ^ set(manifest.files.items())):
        name = changed[0][0]
        raise Problem("backup-damaged", _("The backup is damaged: %(file)s is not as it was written.") % {"file": name})


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file but the manifest, by path within the folder."""
    return {str(path.relative_to(folder)): _digest(path) for path in files_in(folder) if path != folder / NAME}


def files_in(folder: Path) -> Iterator[Path]:
    """Every file under the folder, in order of names."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class private_file:  # noqa: N801 - used as `with private_file(path) as descriptor`
    """A new file that only its owner may read; on the disk when the block ends."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> int:
        private_folder(self.path.parent)
        self.descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return self.descriptor

    def __exit__(self, *_fault: object) -> None:
        os.fsync(self.descriptor)
        os.close(self.descriptor)


def private_folder(path: Path) -> None:
    """The folder and those above it that are missing, each for its owner alone: `parents=True` opens those to all."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def copy(source: Path, target: Path) -> None:
    """Copy one file into a new private one."""
    with source.open("rb") as file, private_file(target) as descriptor:
        while portion := file.read(PORTION):
            os.write(descriptor, portion)


def on_disk(folder: Path) -> None:
    """The folder's entries outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
