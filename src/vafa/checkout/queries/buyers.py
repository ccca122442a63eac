"""Who is meant by the contacts that were given, and what he did so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from vafa.checkout.models import Purchase, PurchaseState
from vafa.customers.models import ContactPoint, Customer
from vafa.orders.models import Order

Contact = tuple[str, str]  # channel, address
MOST_ALIKE = 20  # customers who are looked at because they are reached at one of the places


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer by his number. `placed` orders he has placed of late; `has_bought` one at any time that was not
    cancelled.
    """

    ref: str
    placed: int
    has_bought: bool


def given_contacts(said: Mapping[str, Any]) -> set[Contact]:
    """What the customer has said, tidied already."""
    return {("sms", said.get("phone", "")), ("email", said.get("email", ""))} - {("sms", ""), ("email", "")}


def known_buyer(said: Mapping[str, Any], *, since: datetime) -> Buyer | None:
    """The customer whose order it would be: who is signed in, else who is reached there. One query.

    Of a guest all that was given must be the known one's, and either proven by him or all that is known of him: who
    types somebody's phone number beside his own mail must not become him, nor get his orders.
    """
    if ref := said.get("customer_ref"):
        told = _with_history(Customer.objects.filter(ref=ref), "ref", since).values_list("placed", "has_bought")
        placed, has_bought = told.first() or (0, False)
        return Buyer(str(ref), placed, has_bought)
    given = given_contacts(said)
    addresses = [address for _channel, address in given]
    candidates = ContactPoint.objects.filter(address__in=addresses).order_by("pk").values("customer")
    points = ContactPoint.objects.filter(customer__in=candidates[:MOST_ALIKE]).order_by("customer_id")
    return _who_is_meant(_with_history(points, "customer__ref", since), given)


def _with_history(rows: Any, ref: str, since: datetime) -> Any:
    """Rows of customers, each with what he did; `ref` leads from a row to his number."""
    his = {"customer_ref": OuterRef(ref)}
    lately = Purchase.objects.filter(**his, state=PurchaseState.PLACED, submitted_at__gt=since).order_by()
    counted = lately.values("customer_ref").annotate(of_his=Count("pk")).values("of_his")
    return rows.annotate(
        his_ref=F(ref),
        placed=Coalesce(Subquery(counted), 0),
        has_bought=Exists(Order.objects.filter(**his, cancelled=False)),
    )


def _who_is_meant(rows: Any, given: set[Contact]) -> Buyer | None:
    points: dict[Buyer, dict[Contact, bool]] = {}
    told = rows.values_list("his_ref", "placed", "has_bought", "channel", "address", "verified_at")
    for ref, placed, has_bought, channel, address, verified in told:
        points.setdefault(Buyer(ref, placed, has_bought), {})[(channel, address)] = verified is not None
    for buyer, his in points.items():
        if _is_he(his, given):
            return buyer
    return None


def _is_he(his: Mapping[Contact, bool], given: Iterable[Contact]) -> bool:
    given = set(given)
    return given <= his.keys() and (all(his[each] for each in given) or his.keys() == given)
