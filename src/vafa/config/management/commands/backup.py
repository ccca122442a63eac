"""`vafa backup`: a backup here and now, while everything goes on."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vafa.config.backup import manifest
from vafa.config.backup.making import backups_in, default_folder, make, read_back
from vafa.config.backup.telling import told
from vafa.config.serving import has_pending_migrations


class Command(BaseCommand):
    help = "Write a backup of database, keys and files while Vafa works, and read it back. --check looks at one again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", help="folder in which the backup is made (default: VAFA_BACKUPS)")
        parser.add_argument("--list", action="store_true", help="show the backups that are there")
        parser.add_argument("--check", metavar="BACKUP", help="read a backup back and say whether it is whole")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["to"] or default_folder()).expanduser().absolute()
        if options["list"]:
            self._list(folder, as_json=options["json"])
            return
        if options["check"]:
            self._check(Path(options["check"]))
            return
        if has_pending_migrations():
            raise CommandError("The database is not up to date. Run “vafa migrate”.", returncode=2)
        try:
            with told("Backup") as tell:
                made, said = make(folder, tell)
        except OSError as fault:
            raise CommandError(f"The backup could not be written: {fault}", returncode=1) from None
        if options["json"]:
            self.stdout.write(json.dumps({"backup": str(made), **_figures(said)}))
            return
        self.stdout.write(f"{made}\n{_sentence(said)}")

    def _list(self, folder: Path, *, as_json: bool) -> None:
        for backup in backups_in(folder):
            said = manifest.read(backup)
            line = json.dumps({"backup": str(backup), **_figures(said)}) if as_json else f"{backup}  {_sentence(said)}"
            self.stdout.write(line)

    def _check(self, backup: Path) -> None:
        said = manifest.read(backup)
        manifest.check_files(backup, said)
        found = read_back(backup, said)
        if (found.rows, found.seal) != (said.rows, said.seal):
            raise CommandError("The copy does not hold what its manifest says.", returncode=1)
        self.stdout.write(f"Whole: {_sentence(said)}")


def _figures(said: manifest.Manifest) -> dict[str, Any]:
    return {"at": said.at, "rows": said.row_count, "seals": said.seals, "head": said.seal, "bytes": said.size}


def _sentence(said: manifest.Manifest) -> str:
    head = f", chain of {said.seals} seals up to {said.seal[:12]}…" if said.seals else ""
    size = f"{said.size / 1e6:,.1f} MB"
    return f"{said.row_count:,} rows in {len(said.rows)} tables, {len(said.files)} files, {size}{head}"
