"""Numbers of papers: each once, without a gap."""

from __future__ import annotations

from django.db.models import F

from vafa.fulfilment.models import PaperNumber


def next_number(series: str) -> int:
    """The next number of the series. Given in the caller's transaction: it is used if and only if that commits, and
    whoever wants the next one waits for it."""
    PaperNumber.objects.get_or_create(series=series)
    PaperNumber.objects.filter(series=series).update(last=F("last") + 1)  # holds the row until the end
    return PaperNumber.objects.get(series=series).last
