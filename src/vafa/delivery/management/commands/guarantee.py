"""`vafa guarantee`: guarantees, their drafts, and what a draft would have cost."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.table import Table

from vafa.delivery.guarantee_cost import replay
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.terminal import console_on, progress_bar
from vafa.kit.formats import format_money
from vafa.kit.problems import Problem
from vafa.promises import actions
from vafa.promises.guarantee_terms import Caps, GuaranteeTerms, RemedyRule, Scope
from vafa.promises.models import Guarantee
from vafa.promises.queries import guarantees
from vafa.promises.queries.remedies import given_under
from vafa.shop.queries import the_shop

BY = "command line"
SHOWN = 10


class Command(BaseCommand):
    help = "List guarantees; draft one from a file, see what it would have cost, publish and end it."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", metavar="draft | cost | publish | end")
        draft = verbs.add_parser("draft", help="keep the terms of a TOML file as the draft of CODE")
        draft.add_argument("code")
        draft.add_argument("file", type=Path)
        cost = verbs.add_parser("cost", help="replay the last year under the draft, else the published terms, of CODE")
        cost.add_argument("code")
        cost.add_argument("--limit", type=float, default=1.0, metavar="PERCENT", help="of sales, to stay under (1)")
        cost.add_argument("--json", action="store_true", help="the whole report as JSON")
        for verb, helps in (("publish", "publish the draft of CODE"), ("end", "end the guarantee CODE")):
            verbs.add_parser(verb, help=helps).add_argument("code")

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"] or "list"
        getattr(self, f"_{what}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        table = Table("Code", "State", "Wording", "Remedy", "Promises", "Not met", "Remedies", "Waiting")
        for each in guarantees.guarantees():
            terms, given = guarantees.drafted_or_published(each), given_under(each)
            says = (_wording(terms.days, working=terms.working_days), terms.remedy.kind) if terms else ("", "")
            counts = (given.covered, given.late, given.given, given.waiting)
            table.add_row(each.code, each.state, *says, *(str(count) for count in counts))
        console_on(self.stdout).print(table if table.rows else "There is no guarantee yet.")

    def _draft(self, options: dict[str, Any]) -> None:
        saved = actions.save_draft(options["code"], _terms(options["file"]))
        self.stdout.write(f"{saved.code} · draft kept")

    def _publish(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{actions.publish(options['code'], by=BY).reference} · published")

    def _end(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{actions.end(options['code'], by=BY).code} · ended")

    def _cost(self, options: dict[str, Any]) -> None:
        limit = options["limit"] / 100
        if not 0.001 <= limit <= 0.5:
            raise CommandError("--limit: give a percentage of sales from 0.1 to 50.", returncode=2)
        terms = guarantees.drafted_or_published(_the(options["code"]))
        if terms is None:
            raise CommandError("There is no draft.", returncode=2)
        with progress_bar(self.stderr) as progress:
            report = replay(terms, limit, progress)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for line in _sentences(report):
            self.stdout.write(line)
        console_on(self.stdout).print(_wordings(report))


def _the(code: str) -> Guarantee:
    guarantee = guarantees.guarantee_by(code)
    if guarantee is None:
        raise Problem("unknown-guarantee", f"There is no guarantee {code}.", status=404)
    return guarantee


def _sentences(report: dict[str, Any]) -> list[str]:
    own = report["own"]
    said = f"Had you promised this: {own['late']['value']:,} remedies, {_money(own['cost']['value'], report)}"
    if own["share"]:
        said += f", {own['share']['value']:.1%} of sales"
    lines = [f"{said} ({own['orders']:,} orders from {report['first_day']} to {report['last_day']})."]
    if own["share"] and own["share"]["low"] is not None:
        lines.append(f"In nine of ten such years: {own['share']['low']:.1%} to {own['share']['high']:.1%} of sales.")
    if own["waiting"]:
        lines.append(f"{own['waiting']:,} of them would have waited for approval.")
    strongest = report["strongest"]
    under = f"under {report['limit']:.1%} of sales"
    if strongest is None:
        lines.append(f"No wording within 30 days stays {under}.")
    else:
        lines.append(
            f"The strongest wording that stays {under}: {_wording(strongest, working=report['working_days'])}."
        )
    return lines


def _wordings(report: dict[str, Any]) -> Table:
    table = Table("Wording", "Orders", "Remedies", "Cost", "Of sales", "Range")
    for row in [*report["wordings"][: SHOWN + 1], {"days": None, **report["on_date"]}]:
        share = row["share"]
        has_range = share is not None and share["low"] is not None
        table.add_row(
            _wording(row["days"], working=report["working_days"]),
            f"{row['orders']:,}",
            f"{row['late']['value']:,}",
            _money(row["cost"]["value"], report),
            f"{share['value']:.1%}" if share else "–",
            f"{share['low']:.1%} – {share['high']:.1%}" if has_range else "–",
        )
    return table


def _wording(days: int | None, *, working: bool = False) -> str:
    return "on the promised date" if days is None else f"within {days} {'working ' if working else ''}days"


def _money(minor: int, report: dict[str, Any]) -> str:
    return format_money(minor, report["currency"], "en", toman=the_shop().shows_toman)


def _terms(file: Path) -> GuaranteeTerms:
    """The terms in a TOML file; what it leaves out has its default."""
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as refused:
        raise CommandError(f"{file} cannot be read ({refused.strerror}).", returncode=2) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise CommandError(f"{file} is no TOML: {fault}", returncode=2) from None
    try:
        parts = {
            "scope": Scope(**read.pop("scope", {})),
            "remedy": RemedyRule(**read.pop("remedy", {})),
            "caps": Caps(**read.pop("caps", {})),
        }
        terms = GuaranteeTerms(**{"kind": DELIVERY.name, "currency": the_shop().currency, **read, **parts})
    except TypeError as fault:
        raise CommandError(f"{file}: {fault}", returncode=2) from None
    if not isinstance(terms.valid_from, date) or not isinstance(terms.text, dict):
        raise CommandError(f"{file}: valid_from is a day, text a table of languages.", returncode=2)
    return terms
