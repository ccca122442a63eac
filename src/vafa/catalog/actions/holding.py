"""Changes that look like mistakes are put into the queue, and leave it when something else was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vafa.catalog.models import BulkEdit, HeldChange, HeldState, What
from vafa.engine.price_guard import Doubt

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One change that is doubted; names as in `HeldChange`. `of` is the article's number, or the code of a product
    (with its option and value where it is about a surcharge)."""

    what: What
    of: str
    product_id: int
    old: Json
    new: Json
    doubts: Sequence[Doubt]
    variant_id: int | None = None
    storehouse_id: int | None = None
    option_value_id: int | None = None

    @property
    def subject(self) -> str:
        return subject_of(self.what, self.of, self.storehouse_id)


def subject_of(what: What, of: str, storehouse_id: int | None = None) -> str:
    """What a held change is about, as one text."""
    return f"{what.value}:{of}" if storehouse_id is None else f"{what.value}:{of}:{storehouse_id}"


def hold(changes: Sequence[Doubtful], *, made_by: str, at: datetime, edit: BulkEdit | None = None) -> None:
    """Let these wait for a person. Runs in the caller's transaction, which holds the rows they are about.

    The same change told again, by an import every night, waits once, and once refused it is not asked about again;
    another one overtakes that which waits.
    """
    subjects = [each.subject for each in changes]
    newest = {each.subject: each for each in HeldChange.objects.filter(subject__in=subjects).order_by("pk")}
    fresh = [each for each in changes if not _is_known(newest.get(each.subject), each)]
    overtake([each.subject for each in fresh], by=made_by, at=at)
    HeldChange.objects.bulk_create([
        HeldChange(
            what=each.what, subject=each.subject, product_id=each.product_id, variant_id=each.variant_id,
            storehouse_id=each.storehouse_id, option_value_id=each.option_value_id, edit=edit,
            old=each.old, new=each.new, made_by=made_by, at=at,
            doubts=[{"code": doubt.code, **doubt.values} for doubt in each.doubts],
        )
        for each in fresh
    ])  # fmt: skip


def _is_known(before: HeldChange | None, now: Doubtful) -> bool:
    asked = before is not None and before.state in {HeldState.WAITING, HeldState.REFUSED}
    return asked and before is not None and (before.old, before.new) == (now.old, now.new)


def overtake(subjects: Iterable[str], *, by: str, at: datetime, said_by: str | None = None) -> None:
    """What waits about these subjects waits no more; with `said_by` only what this one had said."""
    waiting = HeldChange.objects.filter(state=HeldState.WAITING, subject__in=list(subjects))
    if said_by is not None:
        waiting = waiting.filter(made_by=said_by)
    waiting.update(state=HeldState.OVERTAKEN, decided_by=by, decided_at=at)
