"""Money: whole minor units plus a currency."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_name, get_currency_precision, get_currency_symbol

from vafa.kit.formats.numbers import format_number
from vafa.kit.formats.preferences import preferences, the_language

TOMAN = {"fa": "تومان", "ar": "تومان", "en": "toman"}
RIAL = {"fa": "ریال", "ar": "ريال إيراني", "en": "rial"}
RIALS_IN_TOMAN = 10


def format_money(
    minor: int, currency: str | None = None, language: str | None = None, *, toman: bool | None = None
) -> str:
    """`125000`, `IRR` → `12,500 toman`; `1999`, `EUR` → `€19.99`.

    `minor` counts the smallest unit that CLDR gives the currency (cents; whole rials; thousandths of a Kuwaiti dinar).
    `toman` (default: the shop's choice) shows rials divided by ten.
    """
    language = the_language(language)
    currency = currency or preferences().currency
    if currency == "IRR":
        return _iranian(minor, language, preferences().shows_toman if toman is None else toman)
    return _written(minor, currency, language)


@lru_cache(maxsize=4096)
def _written(minor: int, currency: str, language: str) -> str:
    """Kept: the same prices stand on many pages."""
    places = get_currency_precision(currency)
    amount = format_number(Decimal(minor).scaleb(-places), places, language)
    if language == "en":
        symbol = get_currency_symbol(currency, locale="en")
        sign = "\u2212" if minor < 0 else ""
        return f"{sign}{symbol}{_gap(symbol)}{amount.removeprefix(sign)}"
    # The word, because signs jump about in right-to-left lines.
    return f"{amount}\u00a0{get_currency_name(currency, locale=language)}"


def plain_amount(minor: int, currency: str) -> str:
    """As programs write it: `1999`, `EUR` → `19.99`. Rials stay rials."""
    places = get_currency_precision(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"


def money_unit(currency: str, language: str | None = None, *, toman: bool | None = None) -> tuple[str, int]:
    """The unit in which people write amounts, by name, and how many minor units make one: toman, 10.

    `toman` as for `format_money`.
    """
    language = the_language(language)
    if currency == "IRR":
        in_toman = preferences().shows_toman if toman is None else toman
        return (TOMAN[language], RIALS_IN_TOMAN) if in_toman else (RIAL[language], 1)
    return get_currency_name(currency, locale=language), 10 ** get_currency_precision(currency)


def _gap(symbol: str) -> str:
    return "\u00a0" if symbol[-1].isalpha() else ""


@lru_cache(maxsize=4096)
def _iranian(rials: int, language: str, toman: bool) -> str:
    if not toman:
        return f"{format_number(rials, 0, language)}\u00a0{RIAL[language]}"
    whole = rials % RIALS_IN_TOMAN == 0
    amount = Decimal(rials) / RIALS_IN_TOMAN
    return f"{format_number(amount, 0 if whole else 1, language)}\u00a0{TOMAN[language]}"
