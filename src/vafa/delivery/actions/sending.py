"""Parcels that this shop packs itself: opened, handed to the carrier, taken back, given up.

All of it runs in the caller's transaction, which holds the order; who hands over or takes back calls `tracking.follow`
afterwards, so that state and promise follow.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from vafa.delivery.models import Parcel, TrackingEvent
from vafa.delivery.tracking_numbers import MOST, number_key
from vafa.kit.problems import Problem
from vafa.orders.models import Order


def open_parcel(order: Order) -> Parcel:
    """A further parcel of the order, still on the packing table."""
    last = Parcel.objects.filter(order=order).aggregate(last=Max("position"))["last"]
    return Parcel.objects.create(order=order, position=0 if last is None else last + 1)


def hand_over(parcel: Parcel, *, carrier: str, tracking_number: str, at: datetime) -> None:
    """It has left the shop. Problems: `no-number`, `too-long`; `number-taken` (409) for the number of another parcel
    of the order."""
    number = tracking_number.strip()
    key = number_key(number)
    if number and not key:
        raise Problem("no-number", _("A tracking number has letters or digits."), field="tracking_number")
    if len(number) > MOST:
        raise Problem("too-long", _("This tracking number is too long."), field="tracking_number")
    others = Parcel.objects.filter(order=parcel.order_id).exclude(pk=parcel.pk)
    if key and others.filter(number_key=key).exists():
        sentence = _("Another parcel of this order has this tracking number.")
        raise Problem("number-taken", sentence, status=409, field="tracking_number")
    Parcel.objects.filter(pk=parcel.pk).update(
        carrier=carrier, tracking_number=number, number_key=key, told_handed_over_at=at
    )


def take_back(parcel: Parcel) -> None:
    """It has not left after all. Problem `scanned` (409) once the carrier has told of it."""
    if parcel.number_key and TrackingEvent.objects.filter(number_key=parcel.number_key).exists():
        raise Problem("scanned", _("The carrier has told of this parcel already: it is gone."), status=409)
    Parcel.objects.filter(pk=parcel.pk).update(told_handed_over_at=None, carrier="", tracking_number="", number_key="")


def tell_delivered(parcel: Parcel, *, at: datetime) -> None:
    """Somebody of the shop knows that it was handed out, such as at the counter. The first telling is kept."""
    Parcel.objects.filter(pk=parcel.pk, told_delivered_at__isnull=True).update(told_delivered_at=at)


def give_up_parcel(parcel: Parcel) -> None:
    """It is unpacked again before it left."""
    Parcel.objects.filter(pk=parcel.pk, told_handed_over_at__isnull=True).delete()
