"""A customer wants his order at another address: what that means for date and money, and then it is so, by his own hand
or by the staff's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vafa.delivery.actions import readdressing
from vafa.delivery.actions.changing import Back
from vafa.delivery.queries.elsewhere import Elsewhere
from vafa.fulfilment.actions.crediting import GivenBack, write_credit
from vafa.fulfilment.actions.notes import write_note
from vafa.fulfilment.actions.telling import note_down
from vafa.fulfilment.models import Happening
from vafa.fulfilment.models.credits import Why
from vafa.fulfilment.queries.elsewhere import with_money
from vafa.orders.actions import lock_order
from vafa.orders.actions.readdressing import FIELDS
from vafa.orders.models import Order
from vafa.orders.queries import recipient_of


@dataclass(frozen=True)
class Agreed:
    """Who agreed to what (`Elsewhere.agreed`): the customer, or one of the staff for him. `reason`: why the shop takes
    on itself what the delivery costs more there; without one nobody does.
    """

    to: str
    by: str = "customer"
    reason: str = ""


def look_elsewhere(order: Order, to: Mapping[str, str], *, at: datetime) -> Elsewhere:
    """What sending it there would mean for date and money. Problems (409): `over`, `packed`."""
    return with_money(order, readdressing.look_elsewhere(order, to, at=at))


def send_elsewhere(order: Order, to: Mapping[str, str], agreed: Agreed, *, at: datetime) -> None:
    """Send it to another address, as was agreed; what the delivery costs less there is given back, or asked for no more
    where it was not paid yet; what it costs more is the shop's where `agreed` has a reason, which is kept as a note. It
    stands in the order's story. One transaction; the same address again changes nothing.

    Problems (409): `over`, `packed`, `cannot-be`, `costs-more`, `changed`. Refused, nothing has changed.
    """
    with transaction.atomic():
        held = lock_order(order)
        if _is_there(held, to):
            return
        found = look_elsewhere(held, to, at=at)
        takes_on = bool(agreed.reason) and found.more_minor > 0
        back = _give_back(held, found.less_minor, agreed.by, at) if found.can_be and found.agreed == agreed.to else None
        readdressing.send_elsewhere(held, to, found, agreed=agreed.to, shop_pays=takes_on, back=back, at=at)
        cost = {"amount": found.more_minor, "currency": held.currency, "on": "shop"} if takes_on else {}
        note_down(held, Happening.ELSEWHERE, by=agreed.by, at=at, **cost)
        if takes_on:
            write_note(held, agreed.reason, by=agreed.by, at=at)


def _is_there(order: Order, to: Mapping[str, str]) -> bool:
    now = recipient_of(order)
    return now is not None and all(getattr(now, name) == to.get(name, "") for name in FIELDS)


def _give_back(order: Order, less_minor: int, by: str, at: datetime) -> Back | None:
    if not less_minor:
        return None
    credit = write_credit(order, GivenBack(Why.ELSEWHERE, {}, delivery_part_minor=less_minor), by=by, at=at)
    note_down(
        order, Happening.CREDITED, by=by, at=at, amount=credit.total_minor, currency=credit.currency, why=credit.why
    )
    return Back(credit.total_minor, credit.currency, credit.owed)
