"""The signed word with which somebody says that he does not want to wait any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from vafa.catalog.models import BackNotice
from vafa.kit.signing import open_word, seal_word

PURPOSE, LIFETIME = "back_in_stock", timedelta(days=365)


def notice_word(notice: BackNotice) -> str:
    """A word for the link in a message, good for a year."""
    return seal_word(PURPOSE, {"n": str(notice.public_id)}, LIFETIME)


def notice_behind(word: str) -> BackNotice | None:
    """The notice that the word is for; None when it is forged, cut short or too old."""
    held = open_word(PURPOSE, word)
    name = held.get("n") if held else None
    if not isinstance(name, str):
        return None
    return BackNotice.objects.select_related("variant__product").filter(public_id=UUID(name)).first()
