"""Bulk recording of reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vafa.kit.bulk import Recorded, write_changes
from vafa.orders.models import Order, Review


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What the buyer of an order gave: 1 to 5 stars, aware time or None."""

    number: str
    stars: int
    given_at: datetime | None = None


def record_reviews(rows: Sequence[ReviewRow]) -> Recorded:
    """One review an order, the last said wins; one transaction. LookupError for an order that is not recorded."""
    with transaction.atomic():
        orders = dict(Order.objects.filter(number__in=[row.number for row in rows]).values_list("number", "pk"))
        locked = Review.objects.select_for_update().filter(order_id__in=orders.values()).order_by("pk")
        known = {review["order_id"]: dict(review) for review in locked.values()}
        said = [{"order_id": orders[row.number], "stars": row.stars, "given_at": row.given_at} for row in rows]
        return write_changes(Review, "order_id", known, said)
