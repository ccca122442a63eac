"""The page on which a purchase ends: a signed word in its address is the permission."""

from __future__ import annotations

from datetime import timedelta

from vafa.checkout.models import Purchase
from vafa.checkout.queries.purchases import purchase_by
from vafa.kit.signing import open_word, seal_word

PURPOSE = "purchase"
LIFETIME = timedelta(days=30)


def purchase_word(purchase: Purchase) -> str:
    """A word that opens the page of this purchase, and no other, for a month."""
    return seal_word(PURPOSE, {"purchase": str(purchase.public_id)}, LIFETIME)


def purchase_behind(word: str) -> Purchase | None:
    """The purchase that the word opens; None where it is none of ours or too old."""
    held = open_word(PURPOSE, word)
    return purchase_by(str(held["purchase"])) if held and "purchase" in held else None
