"""Values of a message as the customer reads them: his language, calendar, digits and zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings

from vafa.kit.formats import format_date, format_days, format_frequency, format_moment, format_money, format_number
from vafa.messages.registry import ALWAYS, Kind, MessageTemplate, Value
from vafa.messages.wording import Shown

UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
LIKE_AN_ADDRESS = re.compile(r"https?:|www\.|[@/<>]|\.\w{2,}\b", re.IGNORECASE)
LONGEST_NAME = 60
NO_BUTTONS = str.maketrans("[]", "()")  # only a template makes buttons, never a value in it


@dataclass(frozen=True)
class Reader:
    """Whom it is shown to."""

    language: str
    zone: str
    name: str = ""
    shop: str = ""


def shown_values(template: MessageTemplate, context: Mapping[str, Any], reader: Reader) -> dict[str, Shown]:
    """Every value of the template, ready to be put into a text; optional ones that were not given are empty."""
    given = {**context, "name": greeted(reader.name), "shop": reader.shop}
    return {name: _shown(value, given.get(name), reader) for name, value in {**template.values, **ALWAYS}.items()}


def sample_values(template: MessageTemplate) -> dict[str, Any]:
    """What a preview shows instead of a customer's own."""
    return {name: value.sample for name, value in template.values.items()}


def sample_name(language: str) -> str:
    """The customer of previews."""
    return cast("dict[str, str]", ALWAYS["name"].sample)[language]


def greeted(name: str) -> str:
    """The name as it may stand in a message; "" for one that is an address or a sentence. (Names come from outside:
    strangers type advertisements into them, so that a shop's mail carries them to others.)"""
    plain = " ".join(UNSEEN.sub(" ", name).split())
    return "" if len(plain) > LONGEST_NAME or LIKE_AN_ADDRESS.search(plain) else plain


def absolute(link: str) -> str:
    """A link of this site with its host."""
    return f"{settings.PUBLIC_URL}{link}" if link.startswith("/") else link


def check_value(name: str, value: Value, given: object) -> None:
    """ValueError when a room gives what the template cannot show: a mistake in the program."""
    if given is None and value.optional:
        return
    try:
        _WRITERS[value.kind](given, Reader("en", "UTC"))
    except (TypeError, ValueError, KeyError, AttributeError):
        raise ValueError(f"the value {name!r} is no {value.kind.value}: {given!r}") from None


def _shown(value: Value, given: Any, reader: Reader) -> Shown:
    return Shown("") if given is None or given == "" else _WRITERS[value.kind](given, reader)


def _text(given: Any, reader: Reader) -> Shown:
    chosen = (
        given.get(reader.language) or given.get("en") or next(iter(given.values()), "")
        if isinstance(given, dict)
        else given
    )
    if not isinstance(chosen, str):
        raise TypeError
    return Shown(UNSEEN.sub(" ", chosen).translate(NO_BUTTONS).strip())


def _money(given: Any, reader: Reader) -> Shown:
    minor, currency = given
    return Shown(format_money(int(minor), str(currency), reader.language))


def _chance(given: Any, reader: Reader) -> Shown:
    kept, of = given
    return Shown(format_frequency(int(kept), int(of), reader.language))


def _moment(given: Any, reader: Reader) -> Shown:
    moment = datetime.fromisoformat(given)
    if moment.tzinfo is None:
        raise ValueError
    return Shown(format_moment(moment, reader.language, zone=reader.zone))


def _link(given: Any, reader: Reader) -> Shown:
    if not re.match(r"/(?!/)|https?://", given):
        raise ValueError
    return Shown(UNSEEN.sub("", absolute(given)))


def _counted(given: Any, write: Callable[..., str], reader: Reader) -> Shown:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise TypeError
    return Shown(write(given, 0, reader.language), given)


_WRITERS: dict[Kind, Callable[[Any, Reader], Shown]] = {
    Kind.TEXT: _text,
    Kind.DAY: lambda given, reader: Shown(format_date(date.fromisoformat(given), reader.language, style="full")),
    Kind.MOMENT: _moment,
    Kind.NUMBER: lambda given, reader: _counted(given, format_number, reader),
    Kind.DAYS: lambda given, reader: _counted(given, format_days, reader),
    Kind.MONEY: _money,
    Kind.CHANCE: _chance,
    Kind.LINK: _link,
}
