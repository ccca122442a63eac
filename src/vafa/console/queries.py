"""Reads of the console."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from vafa.checkout.models import BasketLine, BasketState
from vafa.console.models import HistoryReport
from vafa.delivery import queries as delivery
from vafa.delivery.kinds import DELIVERY
from vafa.orders.models import OrderLine
from vafa.promises import queries as promises
from vafa.promises.models import Promise, State
from vafa.promises.queries import Headline

WEEKS = 12
WEEK = timedelta(days=7)
LEAST_SETTLED = 20  # of four weeks; fewer say nothing about where it is going
BEGUN_WITHIN = timedelta(days=90)  # a basket that was left behind is forgotten then
NOTHING = Headline(0, 0, 0, None)


def newest_report() -> HistoryReport | None:
    """The kept report on the history; None before the first."""
    return HistoryReport.objects.order_by("-made_at", "-pk").first()


def is_stale(report: HistoryReport | None) -> bool:
    """Whether facts are known that the report has not seen."""
    newest = delivery.last_fact()
    if newest is None:
        return False
    return report is None or report.facts_until is None or report.facts_until < newest


def kept_by_week(today: date) -> list[Headline]:
    """By the first date, the promises due in each of the last WEEKS times seven days, the oldest first."""
    last = today - timedelta(days=1)  # of today's promises only those that came early are settled yet
    first = last - WEEKS * WEEK + timedelta(days=1)
    groups = promises.by_period(
        first, last, against="original", start_of=lambda day: last - (last - day) // WEEK * WEEK
    )
    found = {group.name: group.headline for group in groups}
    return [found.get(last - back * WEEK, NOTHING) for back in reversed(range(WEEKS))]


@dataclass(frozen=True)
class FourWeeks:
    """Kept rates (0 to 1) of the last four weeks and of the four before them."""

    now: float
    before: float


def four_weeks(weeks: list[Headline]) -> FourWeeks | None:
    """Where the kept rate is going; None where either side has fewer than LEAST_SETTLED outcomes."""
    before, after = weeks[-8:-4], weeks[-4:]
    if min(sum(week.settled for week in side) for side in (before, after)) < LEAST_SETTLED:
        return None
    now, then = (sum(week.kept for week in side) / sum(week.settled for week in side) for side in (after, before))
    return FourWeeks(now, then)


@dataclass(frozen=True)
class MadeForMe:
    """For the expectation area `made_for_me`: of `begun` configurations (baskets of the last ninety days) `ordered`
    became an order; of the dates promised to orders in which something was made, `settled` ones are kept or broken.
    """

    begun: int
    ordered: int
    settled: int
    kept: int
    least: int = LEAST_SETTLED  # fewer of a kind say nothing: their share is not shown


def made_for_me(at: datetime) -> MadeForMe:
    """What became of what was made as customers chose. Two queries over all orders: for a worker, not for a page."""
    lines = BasketLine.objects.exclude(made={}).filter(basket__changed_at__gte=at - BEGUN_WITHIN)
    baskets = lines.aggregate(begun=Count("pk"), ordered=Count("pk", filter=Q(basket__state=BasketState.DONE)))
    numbers = OrderLine.objects.exclude(chosen={}).values("order__number")
    dates = Promise.objects.filter(
        kind=DELIVERY.name, subject_type="order", subject_ref__in=numbers, state__in=[State.KEPT, State.BROKEN]
    )
    return MadeForMe(**baskets, **dates.aggregate(settled=Count("pk"), kept=Count("pk", filter=Q(state=State.KEPT))))
