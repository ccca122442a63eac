"""`vafa fit`: learn from the order history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vafa.delivery.actions.fitting import fit_model
from vafa.delivery.actions.options import ensure_default_option
from vafa.delivery.terminal import progress_bar


class Command(BaseCommand):
    help = "Learn from the order history how long deliveries take; keeps the version with its figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--activate", action="store_true", help="answer with this version from now on")
        parser.add_argument("--as-of", metavar="TIME", help="learn only from facts before this time (ISO 8601)")

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_default_option()
        with progress_bar(self.stderr) as progress:
            row = fit_model(
                activate=options["activate"], as_of=read_time(options["as_of"], "--as-of"), progress=progress
            )
        self.stdout.write(f"{row.version} · {row.orders} orders{' · active' if row.active else ''}")


def read_time(text: str | None, option: str) -> datetime | None:
    """An ISO time or day; without a zone it is UTC. CommandError (exit code 2) where it is none."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"{option}: “{text}” is not a time. Write 2026-05-01T10:00 or 2026-05-01.", returncode=2
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
