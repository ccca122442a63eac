"""Reserved pieces leave the shelves for good, or come back to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.models import Stock, Variant


def ship(pieces: Mapping[str, int], *, at: datetime) -> dict[str, int]:
    """{sku: pieces} have left: they are neither there nor reserved any more. Returns what was taken off the shelves.
    Runs in the caller's transaction.

    Never refuses, because the goods are gone: of an article that was counted anew meanwhile only what is reserved goes.
    """
    taken: dict[str, int] = {}
    for sku in sorted(pieces):
        left = pieces[sku]
        held = Stock.objects.select_for_update(of=("self",)).filter(variant__sku=sku, reserved__gt=0)
        for stock in held.order_by("pk"):
            part = min(left, stock.reserved)
            Stock.objects.filter(pk=stock.pk).update(on_hand=F("on_hand") - part, reserved=F("reserved") - part)
            left -= part
        if left < pieces[sku]:
            taken[sku] = pieces[sku] - left
    _leave(taken, at)
    return taken


def unship(pieces: Mapping[str, int], *, at: datetime) -> None:
    """{sku: pieces} have not left after all: they lie on the first shelf of their article, reserved as before."""
    for sku in sorted(pieces):
        shelf = Stock.objects.select_for_update(of=("self",)).filter(variant__sku=sku).order_by("pk").first()
        if shelf is not None:
            Stock.objects.filter(pk=shelf.pk).update(
                on_hand=F("on_hand") + pieces[sku], reserved=F("reserved") + pieces[sku]
            )
    _leave(pieces, at)


def _leave(pieces: Mapping[str, int], at: datetime) -> None:
    leave_for_index(Variant.objects.filter(sku__in=list(pieces)).values_list("product__code", flat=True), at=at)
