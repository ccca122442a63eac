"""What can be chosen for a basket and a place: each way with its honest date, its full cost, windows and points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.safestring import SafeString

from vafa.delivery.answers import Answer
from vafa.delivery.models import DeliveryOption, Slot, Zone
from vafa.delivery.option_kinds import POINTS, SLOTS, OptionKind
from vafa.delivery.queries.honest import Honest, honest_answers
from vafa.delivery.queries.nearness import price_rules, zone_of
from vafa.delivery.queries.options import options
from vafa.delivery.queries.points import LOOK_AHEAD, PointOffer, points_near, points_of
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
from vafa.delivery.questions import Asked
from vafa.delivery.sentences import frequency_text, in_all_languages
from vafa.engine.calendars import CutOff
from vafa.engine.delivery_prices import Priced, delivery_price
from vafa.engine.history import Place
from vafa.kit.charts import curve_picture
from vafa.kit.problems import Text
from vafa.shop.queries import closed_days, the_shop, working_calendar

DAY = timedelta(days=1)
Rows = Mapping[str, tuple[Slot, int]]


@dataclass(frozen=True)
class Need:
    """What is to be delivered where. `place` is a code or a city's name, `goods_minor` the value of the goods in minor
    units of the shop's currency, `storehouse` the code of the place it leaves from ("": where the shop usually sends
    from). `lead_days` and `ready_at` as in `Asked`.
    """

    place: str
    goods_minor: int
    currency: str = ""
    weight_g: float | None = None
    volume_cm3: float | None = None
    items: int = 1
    category: str = ""
    lead_days: int = 0
    ready_at: datetime | None = None
    segment: str = ""
    storehouse: str = ""

    def asked(self, *only: str) -> Asked:
        """The question for these options (none: all), as quotes are made from it."""
        return Asked(
            to=self.place,
            origin=self.storehouse,
            options=only,
            weight_g=self.weight_g,
            volume_cm3=self.volume_cm3,
            price_minor=self.goods_minor,
            items=self.items,
            category=self.category,
            segment=self.segment,
            lead_days=self.lead_days,
            ready_at=self.ready_at,
        )


@dataclass(frozen=True)
class Choice:
    """One way of delivery. `price_minor` None: nobody has said what it costs; 0: free. A slot's surcharge comes on top.

    `free_from_minor`: the value of goods from which it would be free, `missing_to_free_minor` how much is missing to
    that. `order_before`: until then (aware UTC) an order still gets this date; None where that cannot be said.
    `slots` and `points` are what has to be chosen with it; a way that is refused has none.
    """

    option: str
    kind: str
    name: Mapping[str, str]
    answer: Answer
    price_minor: int | None
    free_from_minor: int | None = None
    missing_to_free_minor: int | None = None
    order_before: datetime | None = None
    slots: tuple[SlotOffer, ...] = ()
    points: tuple[PointOffer, ...] = ()
    asked_at: datetime | None = None

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be chosen; the answer's sentence says why."""
        return self.answer.is_refusal

    @property
    def needs_slot(self) -> bool:
        """Whether one of `slots` has to be chosen."""
        return self.kind in SLOTS

    @property
    def needs_point(self) -> bool:
        """Whether one of `points` has to be chosen."""
        return self.kind in POINTS

    @property
    def kind_words(self) -> Text:
        """Its kind in the reader's language."""
        return OptionKind(self.kind).label

    @property
    def order_within(self) -> timedelta | None:
        """How long an order still gets this date."""
        if self.order_before is None or self.asked_at is None or self.order_before <= self.asked_at:
            return None
        return self.order_before - self.asked_at

    @property
    def slot_days(self) -> list[tuple[date, list[SlotOffer]]]:
        """The windows by day."""
        return [(day, list(slots)) for day, slots in groupby(self.slots, key=lambda slot: slot.day)]

    @property
    def frequency(self) -> str:
        """How often such promises came true, in words; "" where that is not known."""
        return frequency_text(self.answer.frequency) if self.answer.frequency else ""


@dataclass(frozen=True)
class Choices:
    """The ways of delivery, the earliest date first and refusals last; or the `problem`, why there are none."""

    each: list[Choice] = field(default_factory=list)
    problem: str = ""

    @property
    def offered(self) -> list[Choice]:
        """Those that can be chosen."""
        return [choice for choice in self.each if not choice.is_refused]

    @property
    def first(self) -> Choice | None:
        """The one with the earliest date."""
        return next(iter(self.offered), None)

    @property
    def best(self) -> Answer | None:
        """What stands in the chip."""
        return self.first.answer if self.first else None

    @property
    def frequency(self) -> str:
        """How often such promises came true, in words."""
        return self.first.frequency if self.first else ""

    @property
    def curve(self) -> SafeString:
        """The chance of each day."""
        best = self.best
        return curve_picture(best.chances, best.start, best.promised_on) if best and best.start else SafeString("")

    def by(self, option: str) -> Choice | None:
        """The way of that code."""
        return next((choice for choice in self.each if choice.option == option), None)


def choices_for(need: Need, at: datetime) -> Choices:
    """What can be chosen for an order placed at `at` (aware).

    Dates are remembered for five minutes at most, never past a cut-off or a change of the settings; what is left of
    windows is asked for each time, with one query.
    """
    asked = need.asked()
    honest = honest_answers(asked, at)
    if honest.to is None:
        return Choices(problem=honest.problem)
    ready = packed_from(asked, at)
    around = _Around(need, at, ready, honest, honest.to, zone_of(honest.to))
    rows = around.rows()
    each = [around.choice(option, rows) for option in options() if option.code in honest.answers]
    return Choices(sorted(each, key=_order))


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

    def rows(self) -> Rows:
        """The slots that somebody has touched, where any can be chosen."""
        known = options()
        limited = [
            point for option in known if option.kind in POINTS for point in points_of(option.code) if point.capacity
        ]
        zone = self.zone
        if zone is not None and not any(option.kind in SLOTS and patterns_of(option.code, zone) for option in known):
            zone = None
        if zone is None and not limited:
            return {}
        first = today(self.ready)
        return touched(zone, limited, first, first + 2 * LOOK_AHEAD * DAY, self.at)

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
