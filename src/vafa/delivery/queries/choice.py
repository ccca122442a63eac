"""What is to be delivered, and the ways that are offered for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.safestring import SafeString

from vafa.delivery.answers import Answer
from vafa.delivery.option_kinds import POINTS, SLOTS, OptionKind
from vafa.delivery.queries.points import PointOffer
from vafa.delivery.queries.slots import SlotOffer
from vafa.delivery.questions import Asked
from vafa.delivery.sentences import frequency_text
from vafa.kit.charts import curve_picture
from vafa.kit.problems import Text


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
class InTime:
    """The answer for one festival. `by` is the last day on which it is surely in time.

    `choice` is the way that gets there most surely, None where none promises a day up to `by`; `earliest` is the first
    day that any way promises. `of_hundred`: how many times in 100 it is there by then, "" where nothing is counted.
    `order_until` (aware UTC) is when it has to be ordered at the latest; None where that cannot be said.
    """

    name: Text
    day: date
    by: date
    is_certain: bool
    choice: Choice | None
    earliest: date | None
    of_hundred: str = ""
    order_until: datetime | None = None


@dataclass(frozen=True)
class Choices:
    """The ways of delivery, the earliest date first and refusals last; or the `problem`, why there are none. `in_time`
    answers for the next festivals. `unknown`: the place as it was written where nobody knows it: then these are what is
    stated for all other places.
    """

    each: list[Choice] = field(default_factory=list)
    problem: str = ""
    in_time: list[InTime] = field(default_factory=list)
    unknown: str = ""

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
