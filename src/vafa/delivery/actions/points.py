"""Writes of pick-up points, of delivery prices by rule, and of festivals."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from vafa.delivery.actions.checked import save_checked
from vafa.delivery.models import DeliveryOption, DeliveryPrice, Festival, PickupPoint, Slot
from vafa.delivery.queries.slots import today
from vafa.kit import clock
from vafa.shop.actions import stamp_shop
from vafa.shop.queries import find_place, whole_place


class PointTerms(TypedDict):
    """What describes a pick-up point; the meaning of each is written at the model."""

    option: DeliveryOption
    name: dict[str, str]
    city: str
    address: dict[str, str]
    week: dict[str, list[list[str]]]
    closed_on: list[str]
    keeps_holidays: bool
    capacity: int | None
    position: int
    active: bool


@transaction.atomic
def save_point(code: str, **terms: Unpack[PointTerms]) -> PickupPoint:
    """Describe the point of this code, new or known; its region is that of its city. Problem `bad-delivery`."""
    point = PickupPoint.objects.filter(code=code).first() or PickupPoint(code=code)
    for field, value in terms.items():
        setattr(point, field, value)
    found = find_place(terms["city"])
    if found is not None:
        place = whole_place(found)
        point.city, point.region = place.city or terms["city"], place.region
    save_checked(point)
    ahead = Slot.objects.filter(point=point, day__gte=today(clock.now()))
    ahead.update(capacity=point.capacity)  # days on which somebody comes already
    return point


class PriceTerms(TypedDict):
    """What a rule of prices says; the meaning of each is written at the model."""

    places: list[str]
    most_g: int | None
    from_minor: int
    price_minor: int
    each_kg_minor: int


@transaction.atomic
def add_price(option: DeliveryOption, **terms: Unpack[PriceTerms]) -> DeliveryPrice:
    """One more rule. Problem `bad-delivery` with its field."""
    rule = DeliveryPrice(option=option, **terms)
    save_checked(rule)
    return rule


@transaction.atomic
def drop_price(rule: DeliveryPrice) -> None:
    """The rule counts no more."""
    DeliveryPrice.objects.filter(pk=rule.pk).delete()
    stamp_shop()


@transaction.atomic
def show_festivals(shown: dict[str, bool]) -> None:
    """Which of the known festivals customers are told about."""
    for code, is_shown in shown.items():
        Festival.objects.update_or_create(code=code, defaults={"shown": is_shown})
    stamp_shop()


@transaction.atomic
def add_festival(code: str, *, name: dict[str, str], day: date) -> Festival:
    """A day of the shop's own. Problem `bad-delivery` with its field."""
    festival = Festival(code=code, name=name, day=day)
    save_checked(festival)
    return festival


@transaction.atomic
def drop_festival(festival: Festival) -> None:
    """Nobody is told about it any more."""
    Festival.objects.filter(pk=festival.pk).delete()
    stamp_shop()
