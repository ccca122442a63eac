"""What is thought of open promises now: the conditional curve of each, the date that could be kept, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from vafa.delivery.models import DeliveryOption, WatchRules
from vafa.delivery.queries.lessons import correction_by, lesson
from vafa.delivery.queries.open_orders import TROUBLE, OpenOrder
from vafa.delivery.queries.options import standard_option
from vafa.delivery.queries.sources import Source, source_at
from vafa.delivery.queries.usual import Usual, usual_days
from vafa.delivery.queries.watching import AT_RISK_BELOW
from vafa.engine.choice import NONE, Target
from vafa.engine.curve import Curve
from vafa.engine.decision import EVERY_DAY, LEAST_EVIDENCE, decide_many, stacked
from vafa.engine.history import Facts, FloatArray, Question
from vafa.engine.lateness import OpenPromises, moved
from vafa.engine.local_days import day_number, local_time
from vafa.engine.records import groups_of
from vafa.shop.queries import closed_days, the_shop

LOOK_AHEAD = timedelta(days=400)
NO_SCAN_DAYS, SLOW, A_LITTLE_SLOW = 3, 0.8, 0.95
SOON = timedelta(days=3)  # before the promised day: by then a parcel should be with its carrier
UNLIKELY_FROM_THE_START = 0.8


@dataclass(frozen=True)
class Estimate:
    """The columns of one `Watched` row; see there."""

    promise_id: int
    probability: float | None
    expected_on: date | None
    earliest: date | None
    latest: date | None
    honest_on: date | None
    honest_probability: float | None
    reasons: list[dict[str, Any]]
    loss_minor: int
    currency: str
    region: str
    carrier: str
    option: str
    origin: str
    scanned: str
    handed_on: date | None
    look: TakenLook | None = None  # what could be learned from, once its end is known


@dataclass(frozen=True)
class TakenLook:
    """A look at a promise whose day is not over; its columns are those of `KeptLook`."""

    promise_id: int
    days_before: int
    due_on: date
    chance: float
    days_left: float
    since_handed: float | None
    steady: float
    late: bool | None = None


@dataclass(frozen=True)
class Seen:
    """What a curve says of one promise, and what is to be learned from that."""

    look: TakenLook | None = None
    probability: float | None = None
    expected_on: date | None = None
    earliest: date | None = None
    latest: date | None = None
    honest_on: date | None = None
    honest_probability: float | None = None


NOTHING = Seen()


@dataclass(frozen=True, eq=False)
class Corrected:
    """Curves (n, days) and the chances (n,) to be kept, by what outcomes teach; and the looks to learn from."""

    by_day: FloatArray
    probability: FloatArray
    looks: list[TakenLook | None]


class Estimator:
    """Looks at open promises as of one moment; what is the same for all is read once."""

    def __init__(self, at: datetime, rules: WatchRules) -> None:
        self.at, self.rules, self.shop = at, rules, the_shop()
        self.zone = ZoneInfo(self.shop.zone)
        self.today, self.now = self._day(at), float(self._local([at])[0])
        self.midnight = datetime.combine(self.today, time(), self.zone)
        self.lesson = lesson()
        self.correction = correction_by(self.lesson)
        self.source: Source = source_at(at)
        self.usual: Usual = usual_days(at)
        self.options = {option.code: option for option in DeliveryOption.objects.all()}
        self.closed = closed_days(at.date(), (at + LOOK_AHEAD).date())

    def estimates(self, orders: Sequence[OpenOrder]) -> list[Estimate]:
        """One for each promise that can be judged; promises of cancelled orders are left out."""
        judged = [order for order in orders if not order.cancelled]
        asked = [order for order in judged if order.question is not None]
        questions = [order.question for order in asked if order.question is not None]
        curves = self.source.curves(questions, self.at) if questions else []
        seen = {
            order.promise_id: found for order, found in zip(asked, self._seen(asked, questions, curves), strict=True)
        }
        paces = dict(zip((order.promise_id for order in asked), self._paces(questions), strict=True))
        return [
            self._estimate(order, seen.get(order.promise_id, NOTHING), paces.get(order.promise_id, 1.0))
            for order in judged
        ]

    def _seen(
        self, orders: Sequence[OpenOrder], questions: Sequence[Question], curves: Sequence[Curve | None]
    ) -> list[Seen]:
        """By option, because each has its own days of delivery."""
        found = [NOTHING] * len(orders)
        by_option: dict[str, list[int]] = {}
        for row, question in enumerate(questions):
            if curves[row] is not None:
                by_option.setdefault(question.option, []).append(row)
        for code, rows in by_option.items():
            some = [curve for row in rows if (curve := curves[row]) is not None]
            for row, one in zip(rows, self._chosen(code, some, [orders[row] for row in rows]), strict=True):
                found[row] = one
        return found

    def _chosen(self, code: str, curves: Sequence[Curve], orders: Sequence[OpenOrder]) -> list[Seen]:
        weekdays = frozenset(self.options.get(code, standard_option()).delivery_weekdays) or EVERY_DAY
        starts = np.array([day_number(curve.start) for curve in curves])
        corrected = self._corrected(curves, orders)
        chances = corrected.by_day
        target = Target(self.shop.target_probability)
        chosen = decide_many(starts, chances, target, delivery_days=weekdays, closed=self.closed)
        found = []
        for row, curve in enumerate(curves):
            is_known = curve.basis == "stated" or curve.evidence >= LEAST_EVIDENCE
            can_promise = is_known and chosen.days[row] != NONE
            found.append(
                Seen(
                    look=corrected.looks[row],
                    probability=float(corrected.probability[row]),
                    expected_on=curve.start + timedelta(days=int(chosen.usual[row])),
                    earliest=curve.start + timedelta(days=int(chosen.earliest[row])),
                    latest=curve.start + timedelta(days=int(chosen.latest[row])),
                    honest_on=curve.start + timedelta(days=int(chosen.days[row])) if can_promise else None,
                    honest_probability=float(chosen.probability[row]) if can_promise else None,
                )
            )
        return found

    def _corrected(self, curves: Sequence[Curve], orders: Sequence[OpenOrder]) -> Corrected:
        """The curves by what outcomes teach; those of promises whose day is over stay as they are."""
        by_day = stacked([curve.by_day for curve in curves])
        due = np.array([day_number(order.due_on) for order in orders], dtype=np.int64)
        own = np.array([curve.chance(order.due_on) for curve, order in zip(curves, orders, strict=True)])
        handed = self._local([order.question.handed_over_at if order.question else None for order in orders])
        looked_at = OpenPromises(1.0 - own, due.astype(np.float64) - self.now, self.now - handed)
        late, steady = self.correction.chances(looked_at), self.correction.steady(looked_at)
        before = due - day_number(self.today)
        stands = before >= 0
        column = np.clip(due - np.array([day_number(curve.start) for curve in curves]), 0, by_day.shape[1] - 1)
        by_day = np.where(stands[:, None], moved(by_day, column, looked_at, late), by_day)
        looks = [self._look(orders[row], looked_at, steady, row) if stands[row] else None for row in range(len(orders))]
        return Corrected(by_day, np.where(stands, 1.0 - late, own), looks)

    def _look(self, order: OpenOrder, looked_at: OpenPromises, steady: FloatArray, row: int) -> TakenLook:
        since = float(looked_at.since_handed[row])
        return TakenLook(
            promise_id=order.promise_id,
            days_before=(order.due_on - self.today).days,
            due_on=order.due_on,
            chance=float(looked_at.chance[row]),
            days_left=float(looked_at.days_left[row]),
            since_handed=None if np.isnan(since) else since,
            steady=float(steady[row]),
        )

    def _local(self, moments: Sequence[datetime | None]) -> FloatArray:
        """Local days since 1970; nan for None."""
        times = np.array([np.nan if moment is None else moment.timestamp() for moment in moments])
        return local_time(times, self.shop.zone)

    def _paces(self, questions: Sequence[Question]) -> list[float]:
        """How fast parcels like each move now against the usual (1 = as usual); 1 where no model tells."""
        if self.source.model is None or not questions:
            return [1.0] * len(questions)
        drift = self.source.model.drift
        day = np.full(len(questions), float(drift.day))
        return [float(pace) for pace in np.exp(drift.log_pace(groups_of(Facts.of(questions)), day))]

    def _estimate(self, order: OpenOrder, seen: Seen, pace: float) -> Estimate:
        question = order.question
        probability = self._probability(order, seen)
        risk = 1.0 - (probability if probability is not None else self.shop.target_probability)
        handed = question.handed_over_at if question else None
        return Estimate(
            promise_id=order.promise_id,
            probability=None if probability is None else round(probability, 4),
            expected_on=seen.expected_on,
            earliest=seen.earliest,
            latest=seen.latest,
            honest_on=seen.honest_on,
            honest_probability=seen.honest_probability,
            reasons=self._reasons(order, seen, pace, 1.0 if probability is None else probability),
            loss_minor=_roughly(risk * self.rules.loss_share * order.price_minor),
            currency=order.currency,
            region=question.destination.region if question else "",
            carrier=question.carrier if question else "",
            option=question.option if question else "",
            origin=question.origin.region if question and question.origin else "",
            scanned=order.scanned,
            handed_on=self._day(handed) if handed else None,
            look=seen.look if order.placed_at < self.midnight else None,
        )

    def _probability(self, order: OpenOrder, seen: Seen) -> float | None:
        if order.delivered_at is not None:
            return 1.0 if self._day(order.delivered_at) <= order.due_on else 0.0
        if seen.probability is not None:
            return min(max(seen.probability, 0.0), 1.0)
        return 0.0 if order.due_on < self._day(self.at) else order.stated

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _reasons(self, order: OpenOrder, seen: Seen, pace: float, probability: float) -> list[dict[str, Any]]:
        """What speaks against the promise, the gravest first; empty where nothing does."""
        question, today = order.question, self.today
        if question is None:
            return self._arrived(order)
        found: list[dict[str, Any]] = []
        if order.due_on < today:
            found.append({"code": "overdue", "days": (today - order.due_on).days})
        if order.status in TROUBLE:
            found.append({"code": "exception", "status": order.status.value, "reason": order.reason})
        found += self._waiting(order, question)
        if pace < SLOW:
            region = question.destination.region
            found.append({"code": "region_slow", "region": region, "pace": round(pace, 2)})
        if not found and seen.expected_on is not None and seen.expected_on > order.due_on:
            found.append({"code": "likely_later", "days": (seen.expected_on - order.due_on).days})
        if order.stated is not None and order.stated < UNLIKELY_FROM_THE_START:
            found.append({"code": "tight", "chance": order.stated})
        if not found and probability < AT_RISK_BELOW:
            return self._slight(order, question, pace)
        return found

    def _arrived(self, order: OpenOrder) -> list[dict[str, Any]]:
        """That it came late; its promise is open until the ledger has heard of it."""
        late = 0 if order.delivered_at is None else (self._day(order.delivered_at) - order.due_on).days
        return [{"code": "arrived_late", "days": late}] if late > 0 else []

    def _slight(self, order: OpenOrder, question: Question, pace: float) -> list[dict[str, Any]]:
        """What says a little where nothing grave is known: a look at the list should never end in nothing."""
        found: list[dict[str, Any]] = []
        if pace < A_LITTLE_SLOW:
            found.append({"code": "a_little_slow", "region": question.destination.region, "pace": round(pace, 2)})
        holidays = sum(self.today < day <= order.due_on for day in self.closed)
        if holidays:
            found.append({"code": "holidays_ahead", "days": holidays})
        if question.handed_over_at is None and order.due_on - self.today <= SOON:
            found.append({"code": "not_handed_over", "days": (order.due_on - self.today).days})
        return found

    def _waiting(self, order: OpenOrder, question: Question) -> list[dict[str, Any]]:
        """Where it has waited longer than nine of ten."""
        found: list[dict[str, Any]] = []
        if question.handed_over_at is None:
            age, usual = (self.at - order.placed_at) / timedelta(days=1), self.usual.handling
            if usual is not None and age > usual:
                found.append(
                    {"code": "hand_over_overdue", "days": max(1, round(age - usual)), "usual": round(usual, 1)}
                )
            return found
        age = (self.at - question.handed_over_at) / timedelta(days=1)
        usual = self.usual.transit_to(question.destination.region)
        silent = (self.at - order.last_seen_at) / timedelta(days=1) if order.last_seen_at else 0.0
        if order.has_scans and silent >= NO_SCAN_DAYS:
            found.append({"code": "no_scan", "days": int(silent)})
        if usual is not None and age > usual:
            found.append({"code": "long_way", "days": round(age), "usual": round(usual, 1)})
        return found


def _roughly(amount: float) -> int:
    """To three significant digits: it rests on an assumption, and more would only look exact."""
    return round(float(f"{amount:.3g}"))
