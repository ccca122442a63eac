"""What the guard doubts, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vafa.kit.formats import format_money, format_number, format_percent

BELOW_NOTHING = gettext_noop("Fewer than none cannot be there.")
PLAIN = {
    "stock-below-nothing": BELOW_NOTHING,
    "line-emptied": gettext_noop("“%(line)s” would be empty."),
    "line-unit-slip": gettext_noop("“%(line)s” keeps its number but has another unit."),
    "line-number-slip": gettext_noop("A number in “%(line)s” is moved by a power of ten: was %(before)s, now %(now)s."),
    "other-currency": gettext_noop("The currency changes from %(before)s to %(now)s."),
    "stock-jump": gettext_noop("%(times)s times as many pieces as before (%(before)s)."),
    "stock-gone": gettext_noop("All %(before)s pieces would be gone at once."),
    "stock-bestseller-gone": gettext_noop(
        "Sold out at once, and it is bought often: orders took %(taken)s pieces, %(before)s were there."
    ),
    "above-price": gettext_noop("It would add more than the article costs: %(price)s."),
    "below-cost": gettext_noop("Below what it costs the shop: %(cost)s."),
    "tenfold": gettext_noop("About %(factor)s times what was expected (%(expected)s): a zero too many?"),
    "tenth": gettext_noop("About one part in %(factor)s of what was expected (%(expected)s): a zero too few?"),
    "unlike-history": gettext_noop("Far from what it cost in all its time: usually about %(usual)s."),
}
RIAL_AND_TOMAN = gettext_noop("Or rial and toman mixed up?")
UP = gettext_noop("%(share)s dearer at one stroke.")
DOWN = gettext_noop("%(share)s cheaper at one stroke.")
ABOVE_MARKET = gettext_noop("%(share)s dearer than others ask (%(market)s in the middle).")
BELOW_MARKET = gettext_noop("%(share)s cheaper than others ask (%(market)s in the middle).")
AMOUNTS = ("cost", "expected", "usual", "market", "price")


def in_words(doubt: Mapping[str, Any], *, currency: str = "", lines: Mapping[str, str] | None = None) -> str:
    """One doubt as a sentence in the reader's language; `lines` names the lines of a data sheet."""
    code = str(doubt["code"])
    shown = {name: _shown(name, value, currency) for name, value in doubt.items() if name != "code"}
    if "line" in doubt:
        shown["line"] = (lines or {}).get(str(doubt["line"]), str(doubt["line"]))
    sentence = _(_sentence(code, doubt)) % shown
    slipped = code in {"tenfold", "tenth"} and currency == "IRR" and doubt.get("factor") == 10
    return f"{sentence} {_(RIAL_AND_TOMAN)}" if slipped else sentence


def _sentence(code: str, doubt: Mapping[str, Any]) -> str:
    if code == "step":
        return UP if float(doubt["share"]) > 0 else DOWN
    if code == "off-market":
        return ABOVE_MARKET if float(doubt["share"]) > 0 else BELOW_MARKET
    return PLAIN[code]


def _shown(name: str, value: Any, currency: str) -> str:
    if isinstance(value, str):
        return value
    if name in AMOUNTS:
        return format_money(int(value), currency or None)
    if name == "share":
        return format_percent(abs(float(value)))
    return format_number(value, 0 if float(value).is_integer() else 1)
