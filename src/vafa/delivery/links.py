"""The customer's page of a notice: reached by a signed link that ends, without signing in."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from vafa.delivery.models import Notice
from vafa.kit.signing import open_word, seal_word

PURPOSE, LIFETIME = "watch", timedelta(days=60)


def path_of(notice: Notice) -> str:
    """The path of the page, good for sixty days."""
    return reverse("delivery:choose", args=[seal_word(PURPOSE, {"n": notice.pk}, LIFETIME)])


def notice_behind(word: str) -> Notice | None:
    """The notice that was told with this word; None when it is forged, cut short or too old."""
    held = open_word(PURPOSE, word)
    number = held.get("n") if held else None
    if not isinstance(number, int):
        return None
    return Notice.objects.select_related("promise").filter(pk=number, sent_at__isnull=False).first()
