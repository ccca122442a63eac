"""What can be chosen for a basket and a place: each way with its honest date, its full cost, windows and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from vafa.delivery.answers import Answer
from vafa.delivery.models import DeliveryOption, Slot, Zone
from vafa.delivery.option_kinds import POINTS, SLOTS, OptionKind
from vafa.delivery.queries.choice import Choice, Choices, Need
from vafa.delivery.queries.festivals import before_festivals
from vafa.delivery.queries.honest import Honest, honest_answers
from vafa.delivery.queries.nearness import price_rules, zone_of
from vafa.delivery.queries.options import options
from vafa.delivery.queries.points import LOOK_AHEAD, points_near, points_of
from vafa.delivery.queries.quoting import guaranteed, packed_from
from vafa.delivery.queries.slot_records import slot_frequency
from vafa.delivery.queries.slots import (
    DAYS_AHEAD,
    SlotOffer,
    clock_of,
    moment_of,
    patterns_of,
    slots_between,
    still_open,
    today,
    touched,
)
from vafa.delivery.sentences import in_all_languages
from vafa.engine.calendars import CutOff
from vafa.engine.delivery_prices import Priced, delivery_price
from vafa.engine.history import Place
from vafa.shop.queries import closed_days, the_shop, working_calendar

__all__ = ["Choice", "Choices", "Need", "choices_for", "choices_for_each"]
DAY = timedelta(days=1)
Rows = Mapping[str, tuple[Slot, int]]


def choices_for(need: Need, at: datetime) -> Choices:
    """What can be chosen for an order placed at `at` (aware).

    Dates are remembered for five minutes at most, never past a cut-off or a change of the settings; what is left of
    windows is asked for each time, with one query.
    """
    found = choices_for_each([need], at)[0]
    return replace(found, in_time=before_festivals(need, found.each, at))


def choices_for_each(needs: Sequence[Need], at: datetime) -> list[Choices]:
    """The same for several at once, in their order, without festivals; one query for the windows of all of them."""
    honest = [(need, honest_answers(need.asked(), at)) for need in needs]
    arounds = [None if found.to is None else _Around.of(need, at, found, found.to) for need, found in honest]
    rows = _rows([around for around in arounds if around is not None], at)
    return [
        Choices(problem=found.problem)
        if around is None
        else Choices(sorted(around.choices(rows), key=_order), unknown=found.unknown)
        for around, (_need, found) in zip(arounds, honest, strict=True)
    ]


def _rows(arounds: Sequence[_Around], at: datetime) -> Rows:
    """The slots that somebody has touched, where any can be chosen."""
    limited = [
        point for option in options() if option.kind in POINTS for point in points_of(option.code) if point.capacity
    ]
    zones = {around.zone.pk for around in arounds if around.zone is not None and around.has_windows}
    if not arounds or not (zones or limited):
        return {}
    days = [today(around.ready) for around in arounds]
    return touched(zones, limited, min(days), max(days) + 2 * LOOK_AHEAD * DAY, at)


def _order(choice: Choice) -> tuple[bool, date, int]:
    return choice.is_refused, choice.answer.promised_on or date.max, choice.price_minor or 0


@dataclass(frozen=True)
class _Around:
    """What all ways of one need have in common. `ready`: the moment from which it can be packed."""

    need: Need
    at: datetime
    ready: datetime
    honest: Honest
    to: Place
    zone: Zone | None

    @classmethod
    def of(cls, need: Need, at: datetime, honest: Honest, to: Place) -> _Around:
        return cls(need, at, packed_from(need.asked(), at), honest, to, zone_of(to))

    @property
    def has_windows(self) -> bool:
        """Whether any option has windows in the zone."""
        zone = self.zone
        return zone is not None and any(each.kind in SLOTS and patterns_of(each.code, zone) for each in options())

    def choices(self, rows: Rows) -> list[Choice]:
        return [self.choice(option, rows) for option in options() if option.code in self.honest.answers]

    def choice(self, option: DeliveryOption, rows: Rows) -> Choice:
        answer = self._answer(option)
        price = self._price(option)
        missing = None if price.free_from_minor is None else price.free_from_minor - self.need.goods_minor
        plain = Choice(
            option=option.code,
            kind=option.kind,
            name=option.name,
            answer=answer,
            price_minor=price.price_minor,
            free_from_minor=price.free_from_minor,
            missing_to_free_minor=missing,
            asked_at=self.at,
        )
        if option.kind in SLOTS and answer.reason not in {"option_not_here", "too_heavy"}:
            return self._with_slots(plain, option, rows)
        if answer.is_refusal:
            return plain
        if option.kind in POINTS:
            return self._with_points(plain, rows)
        return replace(plain, order_before=self._order_before(option))

    def _answer(self, option: DeliveryOption) -> Answer:
        answer = self.honest.answers[option.code]
        if option.most_weight_g is not None and (self.need.weight_g or 0) > option.most_weight_g:
            return refused(answer, "too_heavy")
        latest = self._latest(option)
        if latest is not None and answer.promised_on is not None and answer.promised_on > latest:
            return refused(answer, "too_slow")
        return answer

    def _latest(self, option: DeliveryOption) -> date | None:
        """The last day on which an option that names its day keeps to its name."""
        day = today(self.at)
        if option.kind == OptionKind.SAME_DAY:
            return day
        if option.kind != OptionKind.NEXT_DAY:
            return None
        closed = closed_days(day, day + LOOK_AHEAD * DAY)
        ahead = (day + number * DAY for number in range(1, LOOK_AHEAD))
        return next((each for each in ahead if each.weekday() in option.delivery_weekdays and each not in closed), None)

    def _price(self, option: DeliveryOption) -> Priced:
        return delivery_price(
            price_rules(option.code, self.to),
            otherwise_minor=option.price_minor,
            free_from_minor=option.free_from_minor,
            goods_minor=self.need.goods_minor,
            weight_g=self.need.weight_g,
        )

    def _with_slots(self, plain: Choice, option: DeliveryOption, rows: Rows) -> Choice:
        if self.zone is None or not patterns_of(option.code, self.zone):
            return replace(plain, answer=refused(plain.answer, "option_not_here"))
        first = today(self.ready)
        offers = slots_between(option, self.zone, first, first + DAYS_AHEAD * DAY, rows)
        slots = still_open(offers, self.ready, first + option.minimum_days * DAY)
        free = next((slot for slot in slots if slot.places_left), None)
        if free is None:
            return replace(plain, answer=refused(plain.answer, "no_slot"))
        before = free.order_until - (self.ready - self.at) if not self.need.lead_days else None
        answer = self._answer_of(plain.answer, free, option)
        return replace(plain, answer=answer, slots=tuple(slots), order_before=before)

    def _answer_of(self, answer: Answer, slot: SlotOffer, option: DeliveryOption) -> Answer:
        """A window stands for itself: what counts is how often windows were kept."""
        begins = None if option.kind == OptionKind.DATE else clock_of(slot.begins)
        frequency = slot_frequency(option.code, self.zone.pk if self.zone else 0, begins, self.at)
        plain = replace(
            answer,
            reason="slot",
            values={},
            sentence=in_all_languages("slot", {}),
            promised_on=slot.day,
            days=(slot.day - today(self.at)).days,
            probability=frequency.kept / frequency.of if frequency else None,
            earliest=slot.day,
            latest=slot.day,
            frequency=frequency,
            start=None,
            chances=(),
        )
        return guaranteed(plain, self.need.asked(), self.to, self.at, self.honest.standing)

    def _with_points(self, plain: Choice, rows: Rows) -> Choice:
        there_on = plain.answer.promised_on
        points = points_near(plain.option, self.to, there_on, rows) if there_on else []
        if not points:
            return replace(plain, answer=refused(plain.answer, "no_point"))
        first = min(point.ready_on for point in points)
        answer = replace(plain.answer, promised_on=first, days=(first - today(self.at)).days)
        return replace(plain, answer=answer, points=tuple(points))

    def _order_before(self, option: DeliveryOption) -> datetime | None:
        """The cut-off of today, where an order placed now still counts for today."""
        begun = max(self.at, self.need.ready_at or self.at)
        clock = option.cut_off or time.fromisoformat(str(the_shop().cut_off))
        calendar = working_calendar()
        day = today(self.at)
        if today(begun) != day or CutOff(calendar, clock).counts_from(begun) != day:
            return None
        return moment_of(day, clock) - (begun - self.at)


def refused(answer: Answer, reason: str) -> Answer:
    """The same option, refused for that reason."""
    return Answer(answer.option, answer.name, reason, {}, in_all_languages(reason, {}))
