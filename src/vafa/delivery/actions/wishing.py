"""The customer wants his order on a later day, before it has left."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.changing import standing_delivery, tell_changed
from vafa.delivery.actions.parcels import locked_orders
from vafa.delivery.models import Parcel
from vafa.delivery.queries.slots import kept_slot_of
from vafa.delivery.sentences import promised_text
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.actions import revise_promise
from vafa.promises.models import AskedBy, Promise

CHANNEL = "my-pages"
LATEST = timedelta(days=30)  # after the day that was promised


def wish_day(order: Order, day: date, *, at: datetime) -> Promise:
    """Promise the later day that the customer wants: it becomes the day by which we are judged. The same day again
    changes nothing. Problems (409): `over`, `has-left`, `has-window` (it is moved with its window); `bad-day` (422).
    """
    with transaction.atomic():
        locked_orders([order.number])  # whoever tells of its parcels holds it, so none is handed over now
        promise = standing_delivery(order.number)
        if promise is None or promise.due_at <= at:
            raise Problem("over", _("Nothing is promised here that could be moved."), status=409)
        if has_left(order):
            raise Problem("has-left", _("It has left already. Tell us below what you need."), status=409)
        if kept_slot_of(order.number) is not None:
            raise Problem("has-window", _("Please choose another window: this order has one."), status=409)
        if day == promise.due_on:
            return promise
        if not promise.due_on < day <= promise.due_on + LATEST:
            sentence = _("Choose a day after the promised one, within thirty days of it.")
            raise Problem("bad-day", sentence, status=422, field="day")
        revised = revise_promise(
            promise,
            asked_by=AskedBy.CUSTOMER,
            due_on=day,
            probability=promise.probability,  # a later day is not kept less often
            text=promised_text(day),
            channel=CHANNEL,
            at=at,
        )
        tell_changed(order.number, at=at)
        return revised


def has_left(order: Order) -> bool:
    """Whether any parcel of the order is with its carrier."""
    return Parcel.objects.filter(order=order, handed_over_at__isnull=False).exists()
