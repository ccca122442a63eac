"""The windows that orders have: their hours, and how often parcels kept them, counted from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.db.models import OuterRef, Subquery

from vafa.delivery.answers import Frequency
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.models import HoldState, Slot, SlotHold
from vafa.delivery.option_kinds import OptionKind
from vafa.delivery.queries.slots import kept_slot_of
from vafa.delivery.sentences import LANGUAGES
from vafa.kit.formats.dates import format_clock_range
from vafa.promises.models import Promise, State, Unit
from vafa.shop.queries import the_shop

LAST = 100
LEAST = 20  # fewer say too little
MOST_READ = 600
KEPT = timedelta(minutes=10)
Outcome = tuple[int, time, bool]  # the zone, when the window began, whether it was kept


def slot_frequency(option: str, zone: int, begins: time | None, at: datetime) -> Frequency | None:
    """Of the last hundred parcels with a chosen window how many kept it: of this window, else of the zone, else of the
    option; None where there are fewer than twenty. Counted anew every ten minutes.
    """
    told = _outcomes(option, at)
    same_zone = [each for each in told if each[0] == zone]
    same_window = [each for each in same_zone if each[1] == begins]
    for cases in (same_window, same_zone, told):
        if len(cases) >= LEAST:
            last = cases[:LAST]
            return Frequency(sum(kept for _zone, _begins, kept in last), len(last), "windows", "all")
    return None


def _outcomes(option: str, at: datetime) -> Sequence[Outcome]:
    key = f"windows:{option}:{the_shop().stamp}:{int(at.timestamp() // KEPT.total_seconds())}"
    told: Sequence[Outcome] | None = cache.get(key)
    if told is None:
        told = _counted(option, at)
        cache.set(key, told, KEPT.total_seconds())
    return told


def _counted(option: str, at: datetime) -> list[Outcome]:
    """The newest first. The word that stood last counts: a window that the customer moved is the one he moved to."""
    promises = Promise.objects.filter(
        kind=DELIVERY.name, subject_type="order", subject_ref=OuterRef("order_number"), replaced_by__isnull=True
    )
    past = SlotHold.objects.filter(state=HoldState.KEPT, slot__option__code=option, slot__ends_at__lt=at)
    rows = (
        past.filter(slot__zone__isnull=False)
        .order_by("-slot__ends_at")
        .annotate(became=Subquery(promises.order_by("-made_at").values("state")[:1]))
    )
    found = rows.values_list("slot__zone_id", "slot__begins", "became")[:MOST_READ]
    return [(zone, begins, became == State.KEPT) for zone, begins, became in found if became in SETTLED]


SETTLED = {State.KEPT.value, State.BROKEN.value}


def hours_of_order(order: str) -> dict[str, str]:
    """The hours of the window that an order has, by language, on the shop's clock; nothing where it has no window."""
    held = kept_slot_of(order)
    return _hours(held.slot) if held is not None and held.slot.option.kind == OptionKind.WINDOW else {}


def hours_of_promise(promise: Promise) -> dict[str, str]:
    """The same of the window that was promised, whatever became of the order's place in it since."""
    if promise.kind != DELIVERY.name or promise.unit != Unit.MOMENT:
        return {}
    held = SlotHold.objects.filter(order_number=promise.subject_ref, slot__ends_at=promise.due_at)
    found = held.filter(slot__option__kind=OptionKind.WINDOW).select_related("slot").order_by("-pk").first()
    return _hours(found.slot) if found is not None else {}


def _hours(slot: Slot) -> dict[str, str]:
    begins, ends, zone = slot.begins_at, slot.ends_at, the_shop().zone
    return {language: format_clock_range(begins, ends, language, zone) for language in LANGUAGES}
