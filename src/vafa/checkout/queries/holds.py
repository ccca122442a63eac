"""Checks: the rules, what they say of a purchase, and the orders that are held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vafa.checkout.addresses import country_of
from vafa.checkout.models import CheckRules, Hold, HoldState
from vafa.checkout.queries.buyers import known_buyer
from vafa.checkout.queries.contents import Contents
from vafa.kit.problems import Text
from vafa.shop.queries import remembered

LATELY = timedelta(hours=1)
REASONS: dict[str, Text] = {
    "total": _("The total is above what leaves without a look."),
    "first": _("It is the first order of this customer, and a large one."),
    "pieces": _("There are many pieces of one article."),
    "country": _("The phone number and the address are of two countries."),
    "often": _("Several orders came from this customer within an hour."),
}


def check_rules() -> CheckRules:
    """The shop's rules; before anybody has set them the shipped ones."""
    return remembered("checkout.checks", lambda: CheckRules.objects.first() or CheckRules())


def reasons_to_check(inside: Contents, said: Mapping[str, Any], *, at: datetime) -> list[str]:
    """The codes of the rules by which an order of these goods is looked at first, as far as is known from what the
    customer has said (`Basket.said`). The value is that of the goods. One query beside the rules.
    """
    rules = check_rules()
    if not rules.active:
        return []
    buyer = known_buyer(said, since=at - LATELY)
    value, country = inside.goods_minor, said.get("country", "")
    most = max((line.quantity for line in inside.lines), default=0)
    found = {
        "total": rules.total_over_minor is not None and value > rules.total_over_minor,
        "first": bool(country)
        and rules.first_over_minor is not None
        and value > rules.first_over_minor
        and not (buyer and buyer.has_bought),
        "pieces": rules.pieces_over is not None and most > rules.pieces_over,
        "country": rules.other_country and bool(country) and country_of(said.get("phone", "")) not in {"", country},
        "often": rules.orders_an_hour is not None and (buyer.placed if buyer else 0) >= rules.orders_an_hour,
    }
    return [reason for reason, holds in found.items() if holds]


def holds(state: str = HoldState.OPEN) -> QuerySet[Hold]:
    """Orders held, those due first; decided ones, the newest first."""
    found = Hold.objects.filter(state=state)
    return found.order_by("due_at", "pk") if state == HoldState.OPEN else found.order_by("-decided_at", "-pk")


def hold_of(order_number: str) -> Hold | None:
    """The check of an order, decided or not."""
    return Hold.objects.filter(order_number=order_number).first()


def is_held(order_number: str) -> bool:
    """Whether nobody may pick this order: it is to be checked, or was refused and is about to be cancelled."""
    return Hold.objects.filter(order_number=order_number, state__in=[HoldState.OPEN, HoldState.REFUSED]).exists()


def to_cancel() -> QuerySet[Hold]:
    """Refused orders that are not cancelled yet, the oldest first."""
    return Hold.objects.filter(state=HoldState.REFUSED, cancelled_at__isnull=True).order_by("decided_at", "pk")
