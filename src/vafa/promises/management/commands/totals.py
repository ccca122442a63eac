"""`vafa totals`: the record by kind over 30, 90 and 365 days; check the daily totals, or mend them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.promises import actions, queries
from vafa.promises.models import Direction

PERIODS = (30, 90, 365)
HEAD = ("Due within", "kind", "made", "kept", "exceeded", "padding", "revised", "broken")


class Command(BaseCommand):
    help = "What became of the promises of each kind, from the daily totals. With --check: compare these to the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until", type=_day, help="the last due day (ISO, such as 2026-03-20); today")
        parser.add_argument("--from-suppliers", action="store_true", help="promises to the shop, not by it")
        either = parser.add_mutually_exclusive_group()
        either.add_argument(
            "--check", action="store_true", help="count every promise and compare; exit code 1 when a total is wrong"
        )
        either.add_argument("--mend", action="store_true", help="add what is missing where a total is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        elif options["mend"]:
            self.stdout.write(f"{_totals(actions.mend_totals())} mended.")
        else:
            direction = Direction.FROM_SUPPLIER if options["from_suppliers"] else Direction.TO_CUSTOMER
            self._show(options["until"] or local_day(clock.now()), direction.value)

    def _check(self) -> None:
        found = queries.differences()
        for each in found:
            cell = each.cell
            missing = ", ".join(f"{name} {count:+d}" for name, count in each.missing.items() if count)
            self.stdout.write(f"{cell.day} {cell.kind} {cell.direction} {cell.against}: {missing}")
        if found:
            is_are = "is" if len(found) == 1 else "are"
            raise CommandError(f"{_totals(len(found))} {is_are} not what the ledger says.", returncode=1)
        self.stdout.write("Every daily total is what the ledger says.")

    def _show(self, last: date, direction: str) -> None:
        rows: list[tuple[str, ...]] = [HEAD]
        for days in PERIODS:
            first = last - timedelta(days=days - 1)
            rows += [_line(days, each) for each in queries.record(first, last, direction=direction)]
        if len(rows) == 1:
            self.stdout.write("No promise fell due within a year.")
            return
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            self.stdout.write("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())


def _line(days: int, found: queries.Record) -> tuple[str, ...]:
    three = found.current
    return (
        f"{days} days",
        found.kind,
        str(found.made),
        _share(three.kept_rate),
        _share(three.exceeded_rate),
        "–" if three.padding_days is None else f"{three.padding_days:.1f} d",
        str(found.revised),
        str(three.broken),
    )


def _share(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.1%}"


def _totals(count: int) -> str:
    return f"{count} daily total" + ("" if count == 1 else "s")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a day. Write it like 2026-03-20.", returncode=2) from None
