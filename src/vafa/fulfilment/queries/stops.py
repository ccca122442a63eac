"""Why nothing of an order may leave now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vafa.checkout.models import Hold
from vafa.checkout.queries.holds import holds, is_held
from vafa.fulfilment.queries.money import unpaid_numbers
from vafa.kit.problems import Text
from vafa.orders.models import Order


@dataclass(frozen=True)
class Stop:
    """`code` is stable; the sentence is for the staff."""

    code: str
    sentence: Text


HELD = Stop("held", _("This order is held for a check."))
NOT_PAID = Stop("not-paid", _("This order waits for its payment."))


def held_numbers() -> QuerySet[Hold]:
    """Orders that nobody may pick until they are checked; few at any time."""
    return holds().order_by()


def stop_of(order: Order) -> Stop | None:
    """What holds the order back; None where it may be packed."""
    if is_held(order.number):
        return HELD
    return NOT_PAID if unpaid_numbers().filter(order_ref=order.number).exists() else None
