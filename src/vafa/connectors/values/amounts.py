"""Numbers, money, weights and stars as they stand in exports."""

from __future__ import annotations

import re

from babel.numbers import get_currency_precision

from vafa.engine.folding import fold

NUMBER = re.compile(r"-?[\d.,'’ ٬]*\d")
PART_OF_A_WORD = re.compile(r"[^\W\d_]-\d")  # "DN-304" names something
WEIGHT_UNITS = {
    "g": 1.0,
    "kg": 1000.0,
    "lb": 453.59237,
    "oz": 28.349523125,
    "t": 1_000_000.0,
}
_UNIT_WORDS = {
    "g": "g", "gr": "g", "gram": "g", "grams": "g", "گرم": "g", "غرام": "g", "جرام": "g",
    "kg": "kg", "kgs": "kg", "kilo": "kg", "kilogram": "kg", "kilograms": "kg", "کیلو": "kg", "کیلوگرم": "kg",
    "کغ": "kg", "کجم": "kg", "lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb", "oz": "oz",
}  # fmt: skip
LARGEST_MINOR = 2**62
TOMAN = 10  # rials
TOMAN_WORD = re.compile(r"تومان|تومن|(?<![a-z])(?:toman|IRT)(?![a-z])", re.IGNORECASE)


def number(text: str, decimal: str = ".") -> float | None:
    """The number in a text such as "۱٬۲۳۴٫۵", "R$ 1.234,50" (decimal ",") or "1,234 تومان"; None when there is none."""
    plain = text if text.isascii() else fold(text.replace("٫", decimal).replace("٬", ""))
    found = NUMBER.findall(plain)
    if len(found) != 1 or PART_OF_A_WORD.search(plain):
        return None
    digits = re.sub(r"[^\d.,-]", "", found[0])
    other = "," if decimal == "." else "."
    digits = digits.replace(other, "").replace(decimal, ".")
    try:
        return float(digits)
    except ValueError:
        return None


def decimal_mark(samples: list[str]) -> str:
    """ "," where the numbers are written as 1.234,50, else "."."""
    commas = sum(bool(re.search(r"\d,\d{1,2}(?!\d)", text)) and "." not in text.rsplit(",", 1)[1] for text in samples)
    points = sum(bool(re.search(r"\d\.\d{1,2}(?!\d)", text)) and "," not in text.rsplit(".", 1)[1] for text in samples)
    return "," if commas > points else "."


def minor_units(text: str, currency: str, decimal: str = ".") -> int | None:
    """Money in minor units of the currency. None when it is no number, negative or absurdly large."""
    value = number(text, decimal)
    if value is None or value < 0:
        return None
    minor = round(value * 10 ** get_currency_precision(currency or "USD"))
    return minor if minor <= LARGEST_MINOR else None


def weight_g(text: str, unit: str, decimal: str = ".") -> float | None:
    """Grams; a unit in the text itself wins over `unit`. None when it is no weight."""
    value = number(text, decimal)
    if value is None or not 0 <= value < 1e12:
        return None
    words = re.findall(r"[^\W\d_]+", fold(text))
    named = next((_UNIT_WORDS[word] for word in words if word in _UNIT_WORDS), unit or "g")
    return value * WEIGHT_UNITS[named]


def whole(text: str, decimal: str = ".") -> int | None:
    """A count from 1 to a million."""
    value = number(text, decimal)
    return int(value) if value is not None and 1 <= value <= 1_000_000 and value == int(value) else None


def stars(text: str) -> int | None:
    """One to five."""
    value = number(text)
    return int(value) if value in {1.0, 2.0, 3.0, 4.0, 5.0} else None
