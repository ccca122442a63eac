"""A customer's orders as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass

from vafa.delivery.models import Parcel
from vafa.kit.problems import Text
from vafa.orders.models import Order
from vafa.orders.queries import orders_of
from vafa.promises.models import Promise
from vafa.storefront.order_story import state_in_words


@dataclass(frozen=True)
class OrderRow:
    """One order: how it stands and, while something is to come, for when it is promised."""

    order: Order
    words: Text
    tone: str
    promise: Promise | None

    @property
    def total_minor(self) -> int | None:
        """What it cost; of orders that another system took, what is known of it."""
        bill = getattr(self.order, "bill", None)
        if bill is not None:
            return int(bill.total_minor)
        return None if self.order.price_minor is None else self.order.price_minor + (self.order.freight_minor or 0)


def rows_of(ref: str, *, most: int, older_than: int | None = None) -> tuple[list[OrderRow], int | None]:
    """At most so many orders of the customer, the newest first, with the number to ask the next ones by (None: no
    more). Three queries.
    """
    found = orders_of(ref).select_related("bill").order_by("-pk")
    if older_than is not None:
        found = found.filter(pk__lt=older_than)
    orders = list(found[: most + 1])
    shown = orders[:most]
    parcels: dict[int, list[Parcel]] = {}
    for parcel in Parcel.objects.filter(order__in=shown):
        parcels.setdefault(parcel.order_id, []).append(parcel)
    numbers = [order.number for order in shown]
    standing = Promise.objects.filter(subject_ref__in=numbers, subject_type="order", kind="delivery", state="open")
    promises = {promise.subject_ref: promise for promise in standing}
    rows = [
        OrderRow(order, *state_in_words(order, parcels.get(order.pk, [])), promises.get(order.number))
        for order in shown
    ]
    return rows, shown[-1].pk if len(orders) > most else None
