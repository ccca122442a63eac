"""The day's events get a Merkle root that nobody can change afterwards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from vafa.engine import merkle
from vafa.kit import clock
from vafa.promises import keys
from vafa.promises.actions.receipts import active_key
from vafa.promises.events import canonical
from vafa.promises.models import PromiseEvent, Seal
from vafa.promises.receipts import covered_bytes, digest_of, seal_fields
from vafa.shop.queries import the_shop

MOST = 5000  # events of one seal: claiming them takes well under 200 ms


def seal(at: datetime | None = None) -> list[Seal]:
    """Seal every event not yet sealed; returns the new seals, none when there was nothing. Safe with several workers.

    Each is signed with the key of the receipts; Problem `key-missing` (409) where its private part is gone.
    Rows are claimed by `sealed_in is null`, never by "after the last id": a late commit would be lost.
    """
    at = at or clock.now()
    day = at.astimezone(ZoneInfo(the_shop().zone)).date()
    sealed: list[Seal] = []
    while events := _unsealed():
        leaves = [canonical(event, public_id) for event, public_id in events]
        new = _next(Seal(day=day, count=len(leaves), root=merkle.root(leaves).hex(), sealed_at=at))
        if not _claim(new, [event.pk for event, _ in events]):
            break  # another worker is sealing the same events
        sealed.append(new)
    return sealed


def _unsealed() -> list[tuple[PromiseEvent, UUID]]:
    """Events never change, so they can be read and hashed outside the write transaction."""
    waiting = PromiseEvent.objects.filter(sealed_in__isnull=True).select_related("promise").order_by("id")
    waiting = waiting.only("step", "kind", "at", "recorded_at", "evidence", "promise__public_id")
    return [(event, event.promise.public_id) for event in waiting[:MOST]]


def _next(new: Seal) -> Seal:
    last = Seal.objects.order_by("-number").first()
    new.number = last.number + 1 if last else 1
    new.previous = last.digest if last else ""
    fields = seal_fields(new)
    new.digest, new.key_id = digest_of(fields), active_key(new.sealed_at)
    new.signature = keys.sign_with(new.key_id, covered_bytes(fields))
    return new


def _claim(new: Seal, ids: list[int]) -> bool:
    try:
        with transaction.atomic():
            new.save(force_insert=True)  # the number is unique: one of two sealers at once fails here
            mine = PromiseEvent.objects.filter(pk__in=ids, sealed_in__isnull=True).update(sealed_in=new)
            if mine != len(ids):
                raise IntegrityError("another sealer claimed some of these events")
    except IntegrityError:
        return False
    return True
