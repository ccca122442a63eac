"""The watch learns from how its looks ended: once a local day, before the first look of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from vafa.delivery.models import KeptLook, Lesson, Parcel
from vafa.delivery.queries.lessons import correction_by, lesson, outcomes_before
from vafa.delivery.queries.open_orders import open_deliveries
from vafa.engine.lateness import RECENT, is_time_to_fit
from vafa.engine.local_days import day_number
from vafa.kit import clock
from vafa.promises.models import Promise, State
from vafa.shop.queries import the_shop

ENOUGH = 2_000  # open promises of which all looks are kept; of more so many are drawn
KEPT_DAYS = 400  # after the promised day; then an outcome counts a tenth of a new one
AT_ONCE = 500  # rows in one write transaction
PROMISE_FIELDS = ("promise__state", "promise__root_id", "promise__fulfilled_at", "promise__settle_after")


def learn(*, at: datetime | None = None) -> Lesson:
    """What outcomes known when the local day of `at` began teach; worked out by the day's first call.

    Each step repeats without harm, and the day counts as learned when the last is done. Two at once do the same.
    """
    at = at or clock.now()
    zone = ZoneInfo(the_shop().zone)
    today, before = at.astimezone(zone).date(), lesson()
    if before is not None and before.day >= today:
        return before
    _write_ends(today, zone, at)
    _forget(today)
    return _save(_lesson_of(today, before))


def _lesson_of(today: date, before: Lesson | None) -> Lesson:
    began_on = (before.began_on if before else None) or _first_look()
    outcomes, shape, day = outcomes_before(today), correction_by(before), day_number(today)
    if before and began_on and is_time_to_fit(day, day_number(before.day), day_number(began_on)):
        shape = outcomes.shape(day)
    return Lesson(
        day=today,
        began_on=began_on,
        coefficients=shape.coefficients.tolist(),
        shift=outcomes.shift(day, shape).shift,
        outcomes=len(outcomes.due),
        one_in=max(1, -(-open_deliveries().count() // ENOUGH)),
    )


def _first_look() -> date | None:
    by_distance = KeptLook.objects.values("days_before").annotate(due=Min("due_on"))
    return min((row["due"] - timedelta(days=row["days_before"]) for row in by_distance), default=None)


def _save(learned: Lesson) -> Lesson:
    """Written unless a later day was learned meanwhile."""
    Lesson.objects.bulk_create([learned], ignore_conflicts=True)
    names = ("day", "began_on", "coefficients", "shift", "outcomes", "one_in")
    Lesson.objects.filter(pk=1, day__lt=learned.day).update(**{name: getattr(learned, name) for name in names})
    return learned


class _Look(NamedTuple):
    """A kept look with what the ledger knows of its promise."""

    pk: int
    promise_id: int
    due_on: date
    late: bool | None
    state: str
    root_id: int | None
    fulfilled_at: datetime | None
    settle_after: datetime | None


def _write_ends(today: date, zone: ZoneInfo, at: datetime) -> None:
    """How looks ended, as far as known; that of recent ones is asked anew each day, for late proof corrects it.

    A promise of which nothing is known when its day is over is late, once arrivals of that day or later ones have been
    heard of (a shop may learn of them a day later) or its grace is over. Who was cancelled before teaches nothing.
    """
    heard = Parcel.objects.filter(delivered_at__lte=at).aggregate(last=Max("delivered_at"))["last"]
    heard_on = heard.astimezone(zone).date() if heard else date.min
    recent = KeptLook.objects.filter(due_on__lt=today, due_on__gt=today - timedelta(days=RECENT))
    looks = [_Look(*row) for row in recent.values_list("pk", "promise_id", "due_on", "late", *PROMISE_FIELDS)]
    known = [look for look in looks if look.due_on <= heard_on or (look.settle_after and look.settle_after <= at)]
    ends = _ends_of(known)
    cancelled = {look.pk for look in known if ends[look.promise_id].state == State.CANCELLED}
    for late in (True, False):
        changed = [look for look in known if look.pk not in cancelled and late is not look.late]
        now_so = [look.pk for look in changed if ends[look.promise_id].is_late(look.due_on, zone) is late]
        for some in _in_parts(now_so):
            KeptLook.objects.filter(pk__in=some).update(late=late)
    for some in _in_parts([look.pk for look in known if look.late is None and look.pk in cancelled]):
        KeptLook.objects.filter(pk__in=some).delete()


class _End(NamedTuple):
    """Where a promise, or what it was revised to, stands now."""

    state: str
    fulfilled_at: datetime | None

    def is_late(self, due_on: date, zone: ZoneInfo) -> bool:
        return self.fulfilled_at is None or self.fulfilled_at.astimezone(zone).date() > due_on


def _ends_of(looks: Sequence[_Look]) -> dict[int, _End]:
    """By the primary key of the promise that was looked at."""
    chains = {look.promise_id: look.root_id or look.promise_id for look in looks if look.state == State.REVISED}
    last: dict[int, _End] = {}
    for some in _in_parts(sorted(set(chains.values()))):
        rows = Promise.objects.filter(root_id__in=some).exclude(state=State.REVISED)
        ends = rows.values_list("root_id", "state", "fulfilled_at")
        last.update({root: _End(state, fulfilled_at) for root, state, fulfilled_at in ends if root is not None})
    own = {look.promise_id: _End(look.state, look.fulfilled_at) for look in looks}
    return own | {promise: last[root] for promise, root in chains.items()}


def _forget(today: date) -> None:
    old = KeptLook.objects.filter(due_on__lt=today - timedelta(days=KEPT_DAYS)).order_by("pk")
    for some in _in_parts(list(old.values_list("pk", flat=True))):
        KeptLook.objects.filter(pk__in=some).delete()


def _in_parts(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[first : first + AT_ONCE] for first in range(0, len(numbers), AT_ONCE)]
