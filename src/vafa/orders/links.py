"""The signed word that opens one order to whoever has it: in messages, and after ordering as a guest."""

from __future__ import annotations

from datetime import timedelta

from vafa.kit.signing import open_word, seal_word
from vafa.orders.models import Order
from vafa.orders.queries import order_numbered

PURPOSE, LIFETIME = "order", timedelta(days=180)


def order_word(number: str) -> str:
    """A word for the order's link, good for half a year."""
    return seal_word(PURPOSE, {"o": number}, LIFETIME)


def order_behind(word: str) -> Order | None:
    """The order that the word is for; None when it is forged, cut short or too old."""
    held = open_word(PURPOSE, word)
    number = held.get("o") if held else None
    return order_numbered(number) if isinstance(number, str) else None
