"""Numbers, percentages, frequencies."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from vafa.kit.formats.digits import native_digits
from vafa.kit.formats.preferences import the_language

# (thousands, decimal, minus, percent). The marks without width keep a sign on its right side in right-to-left text.
SIGNS = {
    "fa": ("٬", "٫", "\u200e\u2212", "٪"),
    "ar": ("٬", "٫", "\u061c-", "٪\u061c"),
    "en": (",", ".", "\u2212", "%"),
}
PLUS = {"fa": "\u200e+", "ar": "\u061c+", "en": "+"}
OF = {"fa": "{} از {}", "ar": "{} من {}", "en": "{} of {}"}

Number = int | float | Decimal


def format_number(value: Number, places: int = 0, language: str | None = None, *, signed: bool = False) -> str:
    """`12345.6` → `12,346`; `places` decimals, always shown; `signed` writes the plus too."""
    return _written(value, places, the_language(language), signed)


@lru_cache(maxsize=4096)
def _written(value: Number, places: int, language: str, signed: bool) -> str:
    """Kept: the same few numbers, prices above all, stand on many pages."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    thousands, point, minus, _ = SIGNS[language]
    body = f"{abs(exact):,}".replace(",", "\0").replace(".", point).replace("\0", thousands)
    sign = minus if exact < 0 else PLUS[language] if signed and exact > 0 else ""
    return sign + native_digits(body, language)


def format_percent(share: Number, places: int = 0, language: str | None = None) -> str:
    """A share of one as a percentage: `0.899` → `90%`, with `places=1` `89.9%`.

    A Persian one begins with an Arabic letter mark: without it the sign stands left of the number after a Persian word
    and right of it in a cell of its own.
    """
    language = the_language(language)
    written = format_number(Decimal(str(share)) * 100, places, language) + SIGNS[language][3]
    return f"\u061c{written}" if language == "fa" and share >= 0 else written


def format_frequency(kept: int, of: int, language: str | None = None) -> str:
    """`97 of 100`, as shoppers read a chance."""
    language = the_language(language)
    return OF[language].format(format_number(kept, 0, language), format_number(of, 0, language))
