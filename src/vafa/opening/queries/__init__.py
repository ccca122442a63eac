"""Reads: how far the owner has come, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from vafa.catalog.models import Stock, Variant
from vafa.delivery.models import DeliveryOption
from vafa.messages.models import Gateway
from vafa.messages.queries import the_rules
from vafa.opening.models import Mark, Opening, Step
from vafa.orders.models import Order
from vafa.payments.models import GatewayAccount
from vafa.shop.queries import remembered, the_shop


@dataclass(frozen=True)
class StepState:
    """One step: whether what it is about is there, and whether the owner put it off."""

    step: Step
    is_done: bool
    is_put_off: bool = False


def the_opening() -> Opening | None:
    """The row; None where nobody has begun. Remembered."""
    if the_shop()._state.adding:  # whoever begins has the settings' row made
        return None
    return remembered("opening.row", lambda: Opening.objects.filter(pk=1).first())


def opening_state() -> list[StepState]:
    """Every step in its order. Products, delivery and payment are done when the shop has them, whoever made them."""
    row = the_opening()
    marks = row.marks if row else {}
    return [StepState(step, _is_done(step, marks.get(step, "")), marks.get(step) == Mark.LATER) for step in Step]


def _is_done(step: Step, mark: str) -> bool:
    if step == Step.PRODUCTS:
        return has_products()
    if step == Step.DELIVERY:
        priced = Q(price_minor__isnull=False) | Q(prices__isnull=False)
        return DeliveryOption.objects.filter(priced, active=True).exists()
    if step == Step.PAYMENT:
        return GatewayAccount.objects.filter(enabled=True, currency=the_shop().currency).exists()
    return mark == Mark.SAVED


def has_products() -> bool:
    """Whether anything can be bought: priced, and a piece of it there."""
    there = Stock.objects.filter(on_hand__gt=0).values("variant_id")
    return Variant.objects.filter(product__public=True, pk__in=there).exclude(price=None).exists()


def next_step(states: list[StepState]) -> Step | None:
    """The first that is neither done nor put off, else the first that was put off; None where all is done."""
    left = [each for each in states if not each.is_done]
    fresh = [each for each in left if not each.is_put_off]
    return next((each.step for each in [*fresh, *left]), None)


def has_message_gateway() -> bool:
    """Whether what is written to customers reaches them: a gateway is set up, and messages are not held back."""
    return not the_rules().holds and Gateway.objects.filter(enabled=True).exists()


def has_order() -> bool:
    """Whether anybody has ordered, be it the owner to try."""
    return Order.objects.filter(~Q(number="")).exists()


def is_running() -> bool:
    """Whether the owner has begun and not said that he wants to hear no more of it; never in a simulated shop."""
    row = the_opening()
    return row is not None and row.dismissed_at is None and not the_shop().simulated


def begun_at() -> datetime | None:
    """When the owner began."""
    row = the_opening()
    return row.begun_at if row else None
