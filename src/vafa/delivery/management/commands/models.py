"""`vafa models`: the fitted versions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.table import Table

from vafa.delivery.actions.fitting import activate_model
from vafa.delivery.models import FittedModel
from vafa.delivery.queries.fitted import fitted_models
from vafa.delivery.terminal import console_on


class Command(BaseCommand):
    help = "List the fitted versions with their figures; `models activate VERSION` answers with that one."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="what", metavar="activate")
        activate = commands.add_parser("activate", help="answer with this version from now on")
        activate.add_argument("version")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "activate":
            row = activate_model(version=options["version"])
            self.stdout.write(f"{row.version} · active")
            return
        rows = list(fitted_models())
        if not rows:
            self.stdout.write("No model has been fitted yet. Run: vafa fit --activate")
            return
        table = Table("Version", "Fitted", "Facts until", "Orders", "Kept at 0.90", "Mean days", "Padding", "Active")
        for row in rows:
            table.add_row(*_cells(row))
        console_on(self.stdout).print(table)


def _cells(row: FittedModel) -> list[str]:
    points = [point for point in row.figures.get("frontier", ()) if point["caution"] == 0.9]
    figures = (
        [f"{points[0]['kept']:.1%}", f"{points[0]['mean_days']:.1f}", f"{points[0]['padding_days']:.1f}"]
        if points
        else ["–", "–", "–"]
    )
    return [
        row.version,
        f"{row.fitted_at:%Y-%m-%d %H:%M}",
        f"{row.facts_until:%Y-%m-%d}",
        str(row.orders),
        *figures,
        "active" if row.active else "",
    ]
