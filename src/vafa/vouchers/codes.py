"""Codes that cannot be guessed and are hard to misread."""

from __future__ import annotations

import secrets

from vafa.kit.formats import plain_digits

# without 0, 1, I, L, O and U: nobody mistakes one sign for another, and no word comes about by chance
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12  # 30 signs: 58 bits, so a million vouchers and a million guesses meet with a chance of 1 in 500,000
GROUP = 4


def new_code() -> str:
    """Twelve random signs in groups of four, such as `7KMQ-2XHP-D94C`."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return _grouped(signs)


def read_code(text: str) -> str:
    """The code that somebody typed, in the form it is kept: any case and digits, with or without dashes."""
    return _grouped("".join(sign for sign in plain_digits(text).upper() if sign in SIGNS))


def _grouped(signs: str) -> str:
    return "-".join(signs[first : first + GROUP] for first in range(0, len(signs), GROUP))
