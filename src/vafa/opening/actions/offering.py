"""How the shop delivers and how it is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vafa.delivery.actions.options import OptionTerms, save_option
from vafa.delivery.actions.points import PointTerms, save_point
from vafa.delivery.models import DeliveryOption
from vafa.delivery.models.options import every_day
from vafa.kit.problems import Problem
from vafa.opening.actions.marking import begin, mark
from vafa.opening.models import Mark, Step
from vafa.opening.proposals import WAYS, Way
from vafa.payments.actions import Offer, add_account
from vafa.payments.queries import accounts
from vafa.shop.actions import locked_shop, save_settings
from vafa.shop.queries import the_shop

POINT = "shop"


@dataclass(frozen=True)
class WayTerms:
    """A way that is offered: what it costs (minor units), how many days it mostly takes, from when on it is free."""

    price_minor: int
    days: int
    free_from_minor: int | None = None


@dataclass(frozen=True)
class PaymentWay:
    """A kind of gateway with what it needs to be told."""

    kind: str
    given: Mapping[str, str]


@transaction.atomic
def save_ways(offered: Mapping[str, WayTerms], *, address: str, at: datetime) -> None:
    """Offer the proposed ways named by their codes, and no longer those of them that are not; others stay as they are.
    How long each takes is stated for everywhere. Problem `bad-option`, `bad-delivery` or `bad-setting` with its field.
    """
    city = begin(at=at).city
    for position, way in enumerate(WAYS):
        if way.code in offered:
            option = save_option(way.code, **_terms(way, offered[way.code], city, position))
            if way.is_fetched:
                save_point(POINT, **_point(option, city, address))
        else:
            DeliveryOption.objects.filter(code=way.code).update(active=False)
    _state_times(offered)
    mark(Step.DELIVERY, Mark.SAVED, at=at)


def _terms(way: Way, said: WayTerms, city: str, position: int) -> OptionTerms:
    """As said; what was described since on the page of the way stays."""
    known = DeliveryOption.objects.filter(code=way.code).first()
    return OptionTerms(
        kind=known.kind if known else way.kind.value,
        name=known.name if known else dict(way.name),
        delivery_weekdays=known.delivery_weekdays if known else every_day(),
        cut_off=known.cut_off if known else None,
        minimum_days=known.minimum_days if known else 0,
        regions=known.regions if known else [city] if way.is_local and city else [],
        price_minor=said.price_minor,
        free_from_minor=said.free_from_minor,
        most_weight_g=known.most_weight_g if known else None,
        position=known.position if known else position,
        active=True,
    )


def _point(option: DeliveryOption, city: str, address: str) -> PointTerms:
    shop = the_shop()
    language = shop.default_language
    return PointTerms(
        option=option,
        name={language: shop.name or city},
        city=city,
        address={language: address} if address else {},
        week=shop.working_week,
        closed_on=[],
        keeps_holidays=True,
        capacity=None,
        position=0,
        active=True,
    )


def _state_times(offered: Mapping[str, WayTerms]) -> None:
    ours = {way.code for way in WAYS}
    others = [row for row in the_shop().stated_times if row["option"] not in ours or row["place"] or row["seller"]]
    said = [{"place": "", "option": code, "seller": "", "days": terms.days} for code, terms in offered.items()]
    save_settings(stated_times=[*others, *said])


@transaction.atomic
def save_payment(ways: Sequence[PaymentWay], *, at: datetime) -> None:
    """Set up the kinds that are not set up yet. Problems of `add_account`, their field named after kind and setting."""
    locked_shop()  # of two clicks the second finds what the first made
    present = {each.kind for each in accounts()}
    for way in ways:
        if way.kind in present:
            continue
        try:
            add_account(way.kind, Offer(the_shop().currency), way.given)
        except Problem as refused:
            field = f"{way.kind}_{refused.field}" if refused.field else ""
            raise Problem(refused.code, refused.sentence, status=refused.status, field=field) from None
    mark(Step.PAYMENT, Mark.SAVED, at=at)
