"""`vafa backtest`: what would have been promised, knowing only what was known then."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.table import Table

from vafa.delivery.actions.fitting import holidays_of
from vafa.delivery.backtest_page import standalone_page
from vafa.delivery.backtesting import Spec, details, figures, run
from vafa.delivery.queries.history import history, stars
from vafa.delivery.terminal import console_on, progress_bar
from vafa.engine.backtest import Backtest

QUOTE_COLUMNS = [
    "order", "quoted_at", "day_080", "day_090", "day_095", "day_equal_kept", "probability_equal_kept",
]  # fmt: skip
WATCH_COLUMNS = ["order", "days_before", "asked_at", "probability_late"]


class Command(BaseCommand):
    help = "Promise every past order again with what was known then, and compare with the dates the shop gave."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
        parser.add_argument("--html", type=Path, metavar="FILE", help="write a page with charts, in one file")
        parser.add_argument("--quotes", type=Path, metavar="FILE", help="write every promised date as CSV")
        parser.add_argument(
            "--watch",
            action="store_true",
            help="look at the shop's own open promises 10, 5 and 2 days before their day; --quotes then writes these",
        )
        parser.add_argument(
            "--from", dest="score_from", type=_day, metavar="DATE", help="score only orders from this day"
        )
        parser.add_argument("--every", type=_days, default=28, metavar="DAYS", help="days between two fits (28)")
        parser.add_argument(
            "--first-after",
            type=_days,
            default=240,
            metavar="DAYS",
            help="days of history before the first score (240)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        targets = [(options[name], name) for name in ("json", "html", "quotes") if options[name]]
        for path, name in targets:
            if not path.absolute().parent.is_dir():
                raise CommandError(f"--{name}: the folder of {path} does not exist.", returncode=2)
        spec = Spec(options["score_from"], options["every"], options["first_after"], options["watch"])
        with progress_bar(self.stderr) as progress:
            progress(0.0, "Reading the orders")
            known = history()
            result = run(known, spec, holidays_of(known) if len(known) else frozenset(), progress)
            report = figures(result)
        for path, name in targets:
            _write(path, name, WRITERS[name](result, report))
            self.stderr.write(f"{name}: {path}")
        console = console_on(self.stdout)
        console.print(summary(report))
        if result.watch is not None:
            console.print(watched(report["watch"]))


def _write(path: Path, name: str, text: str) -> None:
    """All of the file or none of it."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as refused:
        raise CommandError(f"--{name}: {path} cannot be written ({refused.strerror}).", returncode=2) from None


def _json(result: Backtest, report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _html(result: Backtest, report: dict[str, Any]) -> str:
    return standalone_page({**report, "details": details(result, stars())})


def _quotes(result: Backtest, report: dict[str, Any]) -> str:
    lines: list[str] = []
    rows = result.quotes() if result.watch is None else result.watch.quotes()
    columns = QUOTE_COLUMNS if result.watch is None else WATCH_COLUMNS
    writer = csv.DictWriter(_Lines(lines), columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "".join(lines)


class _Lines:
    """A file that is a list."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


WRITERS: dict[str, Callable[[Backtest, dict[str, Any]], str]] = {"json": _json, "html": _html, "quotes": _quotes}


def summary(report: dict[str, Any]) -> Table:
    """The figures in a few lines."""
    table = Table("", "Kept", "Mean days", title=f"{report['orders']} orders")
    theirs, equal = report["incumbent"], report["equal_kept"]
    if theirs and equal and theirs["kept"] is not None:
        table.add_row("The shop's own dates", f"{theirs['kept']:.1%}", f"{theirs['mean_days']:.1f}")
        table.add_row(
            "Vafa, kept as often", f"{equal['kept']:.1%}", f"{equal['mean_days']:.1f} ({-equal['shorter_by']:+.1%})"
        )
        table.add_row(
            "Percentile table per place", f"{theirs['kept']:.1%}", f"{report['baseline_equal_kept']['mean_days']:.1f}"
        )
    for target, found in report["targets"].items():
        table.add_row(f"Vafa, aiming at {target}", f"{found['kept']:.1%}", f"{found['mean_days']:.1f}")
    return table


def watched(figures: dict[str, Any]) -> Table:
    """What the watch saw, in a few lines."""
    table = Table("Days before", "Open", "Late", "Average precision", title="Will it be late?")
    for days, found in figures.items():
        shares = (found["late_share"], found["average_precision"])
        late, precision = ("–" if share is None else f"{share:.1%}" for share in shares)
        table.add_row(days, str(found["open"]), late, precision)
    return table


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a day. Write it like 2018-01-31.", returncode=2) from None


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 3650:
        raise CommandError(f"“{text}” is not a number of days from 1 to 3650.", returncode=2)
    return int(text)
