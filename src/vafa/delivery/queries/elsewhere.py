"""What it would mean to send an order to another place: another date, another cost, or that it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from vafa.delivery.models import SlotHold
from vafa.delivery.queries.choice import Choice, Need
from vafa.delivery.queries.choices import Choices, choices_for
from vafa.delivery.queries.nearness import zone_of
from vafa.delivery.queries.options import default_code
from vafa.delivery.queries.places import destination_of
from vafa.delivery.queries.slots import kept_slot_of
from vafa.engine.folding import fold
from vafa.kit.formats import text_in
from vafa.kit.problems import Text
from vafa.orders.models import Order
from vafa.orders.queries import recipient_of


@dataclass(frozen=True)
class Elsewhere:
    """`problem`: why it cannot be, "" where it can. `more_minor` and `less_minor`: what the delivery would cost more or
    less there, in the currency of the order. `day`: the later day that would be promised; None where the promised one
    stays. `unknown`: the place as it was written where nobody knows it, so that all this is what is stated for all
    other places.
    """

    problem: Text = ""
    more_minor: int = 0
    less_minor: int = 0
    day: date | None = None
    probability: float | None = None
    unknown: str = ""

    @property
    def can_be(self) -> bool:
        """Whether the customer himself can have it: it costs him nothing more."""
        return not self.problem and self.more_minor <= 0

    @property
    def agreed(self) -> str:
        """What is agreed to by sending the form once more."""
        day = self.day.isoformat() if self.day else "same"
        if self.more_minor > 0:
            return f"{day}/more {self.more_minor}"
        return f"{day}/{self.less_minor}" if self.less_minor else day


def elsewhere(order: Order, city: str, region: str, promised_on: date, at: datetime) -> Elsewhere:
    """For a city and region; `promised_on` is the day that is promised now."""
    to, kept = recipient_of(order), kept_slot_of(order.number)
    if to is None:
        return Elsewhere(_("We no longer know to whom this order goes."))
    if kept is not None and kept.slot.zone is None:
        return Elsewhere(_("This order is fetched at a point. Another point can be chosen instead."))
    if fold(to.city) == fold(city) and fold(to.region) == fold(region):
        return Elsewhere()
    ways = _ways(order, city, at)
    there = _own(order, ways)
    if there is None:
        return Elsewhere(ways.problem or _("It cannot be brought there this way."))
    if there.needs_slot:
        return _same_windows(kept, city)
    if there.is_refused or there.needs_point:
        return Elsewhere(text_in(there.answer.sentence) or _("It cannot be brought there this way."))
    more = _dearer_by(there, _own(order, _ways(order, to.city, at)))
    day = there.answer.promised_on
    later = day if day is not None and day > promised_on else None
    chance = there.answer.probability if later else None
    return Elsewhere(
        more_minor=max(more, 0), less_minor=max(-more, 0), day=later, probability=chance, unknown=ways.unknown
    )


def _dearer_by(there: Choice, here: Choice | None) -> int:
    """By the prices of today for both, so that only the move counts; nothing where one of them is not stated."""
    if there.price_minor is None or here is None or here.price_minor is None:
        return 0
    return there.price_minor - here.price_minor


def _same_windows(kept: SlotHold | None, city: str) -> Elsewhere:
    zone = zone_of(destination_of(city).place)
    if kept is not None and zone is not None and zone.pk == kept.slot.zone_id:
        return Elsewhere()
    return Elsewhere(_("Its window belongs to another part of the country."))


def _own(order: Order, ways: Choices) -> Choice | None:
    """The order's own way of delivery."""
    return ways.by(order.option or default_code())


def _ways(order: Order, city: str, at: datetime) -> Choices:
    """The ways of delivery, as they would be for a place."""
    need = Need(
        place=city,
        goods_minor=order.price_minor or 0,
        weight_g=order.weight_g,
        volume_cm3=order.volume_cm3,
        items=order.items,
        category=order.category,
    )
    return choices_for(need, at)
