"""How well what stands in a column fits a field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vafa.connectors.mapping import FIELDS
from vafa.connectors.values import amounts
from vafa.connectors.values.dates import DateReader
from vafa.connectors.values.leads import lead_time
from vafa.connectors.values.places import country_code

MOST_STATES = 40
MOST_ANSWERS = 3  # yes, no, and nothing said in some word
PHONE = re.compile(r"'?\+?[\d\s().\-]{7,20}")


def content_score(field: str, values: Sequence[str], dates: DateReader) -> float:
    """The share of the column's values that the field can be read from; nothing is known of an empty column (0.5)."""
    if not values:
        return 0.5
    kind = FIELDS[field].kind
    if field == "number":
        return _identity(values, dates)
    if kind in {"time", "day"}:
        return _share(values, lambda text: dates.written(text) is not None)
    if kind in {"money", "number", "weight", "count"}:
        return _share(values, lambda text: amounts.number(text) is not None and dates.written(text) is None)
    if kind == "lead":
        return _share(values, lambda text: lead_time(text) is not None)
    if kind == "stars":
        return _share(values, lambda text: amounts.stars(text) is not None)
    if kind == "country":
        return _share(values, lambda text: bool(country_code(text)))
    if kind == "status":
        return 1.0 if len(set(values)) <= MOST_STATES else 0.0
    return _words(field, values, dates)


def _identity(values: Sequence[str], dates: DateReader) -> float:
    """Numbers of orders are mostly different from one another and are no dates."""
    if _share(values, lambda text: dates.written(text) is not None and len(text) != 8) > 0.5:
        return 0.0
    different = len(set(values)) / len(values)
    return 1.0 if different > 0.9 else 0.8 if different > 0.2 else 0.2


def _words(field: str, values: Sequence[str], dates: DateReader) -> float:
    if field in {"place_code", "origin_code"}:
        return _share(values, lambda text: any(letter.isdigit() for letter in text) and len(text) <= 12)
    if field == "email":
        return _share(values, lambda text: text.count("@") == 1)
    if field == "phone":
        return _share(values, lambda text: bool(PHONE.fullmatch(text)))
    if field == "wants_offers":
        return 1.0 if len({text.casefold() for text in values}) <= MOST_ANSWERS else 0.0
    if field in {"buyer_name", "buyer_last_name"}:
        return _share(values, lambda text: "@" not in text and not any(letter.isdigit() for letter in text))
    if field == "customer":
        return _share(values, lambda text: "@" not in text)
    if field in {"city", "region", "origin_city", "option", "seller", "carrier", "category", "payment"}:
        return _share(values, lambda text: dates.written(text) is None and "@" not in text)
    return 1.0


def _share(values: Sequence[str], holds: object) -> float:
    return sum(bool(holds(value)) for value in values) / len(values)  # type: ignore[operator]
