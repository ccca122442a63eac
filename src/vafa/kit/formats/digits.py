"""Digits of three scripts."""

from __future__ import annotations

from vafa.kit.formats.preferences import the_language

DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩", "en": "0123456789"}
_TO_NATIVE = {language: str.maketrans(DIGITS["en"], digits) for language, digits in DIGITS.items()}
_TO_PLAIN = str.maketrans(DIGITS["fa"] + DIGITS["ar"], DIGITS["en"] * 2)


def native_digits(text: object, language: str | None = None) -> str:
    """The text with its Latin digits in the language's own: `1405` → `۱۴۰۵`."""
    return str(text).translate(_TO_NATIVE[the_language(language)])


def plain_digits(text: str) -> str:
    """The text with Persian and Arabic digits as Latin ones, for reading what people type."""
    return text.translate(_TO_PLAIN)
