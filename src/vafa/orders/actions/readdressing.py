"""An order goes elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from vafa.orders.models import Order, Recipient
from vafa.shop.queries import find_place

FIELDS = ("city", "region", "street", "postal_code", "note")


def readdress(order: Order, to: Mapping[str, str]) -> bool:
    """Send it to another address: city, region, street, postal_code, note; who gets it stays. Whether there was
    anybody to send it to. In the caller's transaction or in its own.
    """
    with transaction.atomic():
        changed = Recipient.objects.filter(order=order).update(**{name: to.get(name, "") for name in FIELDS})
        if changed:
            Order.objects.filter(pk=order.pk).update(place=find_place(to["city"]))
    return bool(changed)
