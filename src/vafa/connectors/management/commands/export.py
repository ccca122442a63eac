"""`vafa export options [FILE]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vafa.connectors.queries.options import options_table


class Command(BaseCommand):
    """Writes what can be chosen of all products as a table that `vafa import options` takes."""

    help = "Take a table out of the shop: what can be chosen of its products."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=["options"])
        parser.add_argument("path", nargs="?", type=Path, metavar="FILE", help="default: the standard output")

    def handle(self, *, path: Path | None, **options: Any) -> None:
        text = "".join(options_table())
        if path is None:
            self.stdout.write(text, ending="")
        else:
            path.write_text(text, encoding="utf-8", newline="")
