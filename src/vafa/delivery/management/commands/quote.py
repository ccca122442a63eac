"""`vafa quote`: when will it arrive?"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import get_language
from rich.table import Table

from vafa.delivery.actions.options import ensure_default_option
from vafa.delivery.answers import Answer, Frequency
from vafa.delivery.management.commands.fit import read_time
from vafa.delivery.queries.quoting import Answered, answer
from vafa.delivery.questions import PAST_SKEW, Asked, require_sane
from vafa.delivery.terminal import console_on
from vafa.kit import clock
from vafa.shop.queries import the_shop

AT = "when it is ordered (ISO 8601; default: now); in the past, later facts are hidden and the settings are today's"


class Command(BaseCommand):
    help = "For each delivery option: the date that can be promised, its chance, the likely window, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, metavar="ZIP", help="postal code or city it goes to")
        parser.add_argument("--from", dest="origin", default="", metavar="ZIP", help="postal code or city it leaves")
        parser.add_argument("--at", metavar="TIME", help=AT)
        parser.add_argument(
            "--option", action="append", default=[], metavar="CODE", help="only this option (repeatable)"
        )
        parser.add_argument("--weight", type=float, metavar="GRAMS")
        parser.add_argument("--price", type=int, metavar="MINOR", help="in minor units of the shop's currency")
        parser.add_argument("--items", type=int, default=1)
        parser.add_argument("--seller", default="", metavar="CODE")
        parser.add_argument("--category", default="")
        parser.add_argument("--payment", default="", metavar="METHOD", help="how it is paid, in the shop's own words")
        parser.add_argument("--caution", type=float, metavar="P", help="the chance to aim at, 0.5 to 0.999")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_default_option()
        asked = Asked(
            to=options["to"],
            origin=options["origin"],
            options=tuple(options["option"]),
            weight_g=options["weight"],
            price_minor=options["price"],
            items=options["items"],
            seller=options["seller"],
            category=options["category"],
            payment=options["payment"],
            at=read_time(options["at"], "--at"),
            caution=options["caution"],
        )
        now = clock.now()
        moment = require_sane(asked, now, past_allowed=True)
        answered = answer(asked, moment, looks_back=moment < now - PAST_SKEW)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(asked, moment.isoformat(), answered), ensure_ascii=False, indent=2))
        else:
            console_on(self.stdout).print(as_table(answered))
            for each in answered.answers:
                self.stdout.write(f"{each.option}: {in_the_shops_language(each)}")
        if answered.is_stale and answered.facts_until:
            self.stderr.write(f"The newest fact is from {answered.facts_until:%Y-%m-%d}; it says less about now.")


def as_json(asked: Asked, at: str, answered: Answered) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "from": asked.origin,
        "to": asked.to,
        "at": at,
        "zone": the_shop().zone,
        "model": answered.model_version,
        "facts_until": answered.facts_until.isoformat() if answered.facts_until else None,
        "options": [each.as_json() for each in answered.answers],
    }


def as_table(answered: Answered) -> Table:
    """What people see."""
    table = Table("Option", "Promised", "Days", "Kept", "Likely", "Of the last")
    for each in answered.answers:
        table.add_row(*_cells(each))
    return table


def _cells(each: Answer) -> list[str]:
    if each.is_refusal:
        return [each.option, "no date", "", "", "", ""]
    held = each.frequency
    return [
        each.option,
        f"{each.promised_on:%Y-%m-%d}",
        str(each.days),
        f"{each.probability:.1%}",
        f"{each.earliest:%m-%d} … {each.latest:%m-%d}",
        _held(held) if held else "",
    ]


def _held(held: Frequency) -> str:
    where = held.place or (f"all orders, not of {held.not_of}" if held.not_of else "all orders")
    own = f"; {held.not_of} itself: {held.own_kept} of {held.own_of} ({held.own_counts})" if held.own_of else ""
    return f"{held.kept} of {held.of} ({held.counts}, {where}){own}"


def in_the_shops_language(each: Answer) -> str:
    """The reason in the language now active, else in English."""
    return each.sentence.get((get_language() or "en")[:2], each.sentence["en"])
