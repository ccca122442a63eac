"""How what is in a basket can be delivered, and what the customer has chosen of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from vafa.checkout.queries.contents import Contents
from vafa.checkout.queries.taxes import tax_of
from vafa.delivery.queries.choices import Choice, Choices, Need, choices_for, refused
from vafa.delivery.queries.points import PointOffer
from vafa.delivery.queries.slots import SlotOffer
from vafa.shop.queries import the_shop


@dataclass(frozen=True)
class Chosen:
    """One way of delivery with its window or point, where it needs one."""

    choice: Choice
    slot: SlotOffer | None = None
    point: PointOffer | None = None

    @property
    def option(self) -> str:
        return self.choice.option

    @property
    def price_minor(self) -> int:
        """What it costs, the window's surcharge included, before any tax that is added."""
        return (self.choice.price_minor or 0) + (self.slot.surcharge_minor if self.slot else 0)

    @property
    def day(self) -> date | None:
        """The day that is promised."""
        if self.slot is not None:
            return self.slot.day
        day = self.choice.answer.promised_on
        return max(day, self.point.ready_on) if day and self.point else day

    @property
    def held(self) -> str:
        """The name of the slot to hold while the customer pays, "" where it has neither window nor point."""
        if self.slot is not None:
            return self.slot.id
        return self.point.slot if self.point else ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to choose."""
        return not (self.choice.needs_slot and self.slot is None) and not (
            self.choice.needs_point and self.point is None
        )


def cost_of(way: Chosen, country: str) -> int:
    """What the customer pays for it, in minor units: with the tax of the country (else the shop's) where that is added
    to prices.
    """
    return tax_of(country or the_shop().holiday_country, "").on(way.price_minor)


def need_of(inside: Contents, place: str, ready_at: datetime | None = None) -> Need:
    """What the basket asks of delivery."""
    return Need(
        place=place,
        goods_minor=inside.goods_minor,
        currency=inside.currency,
        weight_g=inside.weight_g,
        items=max(inside.items, 1),
        category=inside.category,
        lead_days=inside.lead_days,
        ready_at=ready_at,
    )


def delivery_choices(inside: Contents, place: str, *, ready_at: datetime | None = None, at: datetime) -> Choices:
    """What can be chosen for this basket to a place by code or name; nothing for an empty one or no place."""
    if not inside.lines or not place:
        return Choices()
    found = choices_for(need_of(inside, place, ready_at), at)
    return replace(found, each=sorted((_priced(each) for each in found.each), key=lambda each: each.is_refused))


def _priced(choice: Choice) -> Choice:
    """A way whose price nobody has stated is not sold for nothing."""
    if choice.is_refused or choice.price_minor is not None:
        return choice
    return replace(choice, answer=refused(choice.answer, "no_price"), slots=(), points=())


def chosen_of(choices: Choices, said: Mapping[str, Any]) -> Chosen | None:
    """What the customer chose, as far as it can still be had; else the first way, for him to see a date and a cost."""
    choice = choices.by(said.get("option", ""))
    if choice is None or choice.is_refused:
        choice = choices.first
    if choice is None:
        return None
    slot = next((each for each in choice.slots if each.id == said.get("slot") and each.places_left), None)
    only = choice.points[0] if len(choice.points) == 1 else None
    point = next((each for each in choice.points if each.code == said.get("point")), only)
    return Chosen(choice, slot, point)
