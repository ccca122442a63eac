"""Open promises are looked at again: when something happened, and at least once an hour."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from vafa.delivery.actions.learning import learn
from vafa.delivery.models import KeptLook, ToWatch, Watched
from vafa.delivery.queries.estimating import Estimator, TakenLook
from vafa.delivery.queries.lessons import is_kept
from vafa.delivery.queries.open_orders import OpenOrders, open_deliveries
from vafa.delivery.queries.watching import watch_rules
from vafa.kit import clock
from vafa.kit.bulk import insert_new, upsert
from vafa.kit.side_by_side import cores, share_out
from vafa.promises.models import State

EVERY = timedelta(hours=1)
CHUNK = 500  # promises in one write transaction: well below 200 ms on SQLite
CALLS = 5_000  # rows of ToWatch taken at a time
ENOUGH_FOR_ONE = 5_000  # promises, beyond which a second process pays for the seconds of its start
MOST_PROCESSES = 4  # each holds the model in memory
HELPER = (sys.executable, "-m", "vafa.delivery.look_beside")
Progress = Callable[[float, str], None]


def call_the_watch(numbers: Iterable[str], *, at: datetime) -> None:
    """Something happened to these orders: leave a row for each with an open promise, in the caller's transaction."""
    watched = open_deliveries().filter(subject_ref__in=set(numbers)).order_by("subject_ref")
    found = watched.values_list("subject_ref", flat=True)
    ToWatch.objects.bulk_create([ToWatch(order_number=number, left_at=at) for number in found])


def estimate_due(*, at: datetime | None = None, progress: Progress | None = None) -> int:
    """Look at what something happened to, what is new and what was last looked at an hour ago; how many promises.

    Safe to run twice at once and to repeat after a crash: rows that were left are taken away only after what they
    asked for is written, and the same look writes the same row.
    """
    at = at or clock.now()
    calls = list(ToWatch.objects.order_by("pk").values_list("pk", "order_number")[:CALLS])
    fresh = Watched.objects.filter(promise=OuterRef("pk"), at__gt=at - EVERY)
    called = Q(subject_ref__in={number for _pk, number in calls})
    due = list(open_deliveries().filter(called | ~Exists(fresh)).order_by("due_at").values_list("pk", flat=True))
    looked_at = _estimate(due, at, progress)
    ToWatch.objects.filter(pk__in=[pk for pk, _number in calls]).delete()
    _forget_settled()
    return looked_at


def estimate_all(*, at: datetime | None = None, progress: Progress | None = None) -> int:
    """Look at every open promise now; how many."""
    at = at or clock.now()
    found = _estimate(list(open_deliveries().order_by("due_at").values_list("pk", flat=True)), at, progress)
    _forget_settled()
    return found


class Look:
    """Looks at promises a few hundred at a time and writes down what it sees; what is the same for all is read once."""

    def __init__(self, at: datetime) -> None:
        self.at, self.reader, self.estimator = at, OpenOrders(), Estimator(at, watch_rules())

    def at_these(self, promise_ids: Sequence[int]) -> int:
        """How many of them can be judged; each is written, whoever has done so before."""
        found = self.estimator.estimates(self.reader.of(promise_ids, self.at))
        rows = [{**vars(each), "at": self.at} for each in found]
        looks = [each.look for each in found if each.look is not None and self._is_kept(each.look)]
        with transaction.atomic():
            upsert(Watched, ["promise_id"], rows)
            insert_new(KeptLook, ["promise_id", "days_before"], [KeptLook(**vars(look)) for look in looks])
        return len(rows)

    def _is_kept(self, look: TakenLook) -> bool:
        learned = self.estimator.lesson
        return is_kept(look.promise_id, look.days_before, learned.one_in if learned else 1)


def _estimate(promise_ids: Sequence[int], at: datetime, progress: Progress | None) -> int:
    if not promise_ids:
        return 0
    learn(at=at)
    count = len(promise_ids)

    def tell(done: int) -> None:
        if progress is not None:
            progress(min(done / count, 1.0), "")

    chunks = [list(promise_ids[first : first + CHUNK]) for first in range(0, count, CHUNK)]
    tell(0)
    return share_out(chunks, Look(at).at_these, (*HELPER, at.isoformat()), _helpers(count), tell)


def _helpers(count: int) -> int:
    """How many processes look beside this one; none inside a transaction, whose rows they would not see."""
    if connection.in_atomic_block:
        return 0
    return min(cores(), MOST_PROCESSES, count // ENOUGH_FOR_ONE + 1) - 1


def _forget_settled() -> None:
    """Promises that are no longer open are no longer watched; what was told stays."""
    over = list(Watched.objects.exclude(promise__state=State.OPEN).values_list("pk", flat=True)[:CALLS])
    for first in range(0, len(over), CHUNK):
        Watched.objects.filter(pk__in=over[first : first + CHUNK]).delete()
