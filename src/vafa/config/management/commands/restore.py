"""`vafa restore`: an installation back from a backup, whole or not at all."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vafa.config.backup.making import backups_in, default_folder
from vafa.config.backup.restoring import restore
from vafa.config.backup.telling import told
from vafa.config.serving import has_pending_migrations


class Command(BaseCommand):
    help = "Put a backup in the place of an empty installation; with --replace, of any. Vafa must not be running."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", help="folder of the backup, or “newest”")
        parser.add_argument("--replace", action="store_true", help="also where there is something already")

    def handle(self, *args: Any, **options: Any) -> None:
        backup = self._newest() if options["backup"] == "newest" else Path(options["backup"]).expanduser().absolute()
        try:
            with told("Restore") as tell:
                said = restore(backup, tell, replace=options["replace"])
        except OSError as fault:
            raise CommandError(f"The backup could not be restored: {fault}", returncode=1) from None
        self.stdout.write(f"Restored: the state of {said.made_at:%Y-%m-%d %H:%M} UTC, {said.row_count:,} rows.")
        self.stdout.write("What was there before is kept beside it, under names with “before-restore”.")
        if has_pending_migrations():
            self.stdout.write("It was made by an older version. Run “vafa migrate”.")

    def _newest(self) -> Path:
        found = backups_in(default_folder())
        if not found:
            raise CommandError(f"There is no backup in {default_folder()}.", returncode=2)
        return found[0]
