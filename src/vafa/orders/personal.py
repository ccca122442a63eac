"""What this room knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.orders.models import Order, OrderLine, Recipient
from vafa.orders.models.opinions import Opinion

TABLES = frozenset({"orders.Order", "orders.OrderLine", "orders.Recipient", "orders.NameWord", "orders.Opinion"})
STAYS = "What was sold, when and for how much stays, as the law asks for books; who got it does not."
_LINE = (
    "sku", "title", "choices", "inscriptions", "quantity", "cancelled", "unit_minor", "discount_minor", "tax_minor",
)  # fmt: skip
_TO = ("name", "phone", "email", "country", "region", "city", "postal_code", "street", "note", "language")
_BILL = ("bill__goods_minor", "bill__delivery_minor", "bill__discount_minor", "bill__tax_minor", "bill__total_minor")


def told(ref: str) -> list[dict[str, Any]]:
    """Every order with its lines, its bill and its recipient."""
    found = []
    for order in Order.objects.filter(customer_ref=ref).order_by("pk"):
        row = Order.objects.filter(pk=order.pk).values("number", "placed_at", "option", "payment", "currency", *_BILL)
        lines = list(OrderLine.objects.filter(order=order).values(*_LINE))
        to = Recipient.objects.filter(order=order).values(*_TO).first()
        opinions = list(
            Opinion.objects.filter(line__order=order).values("product", "stars", "text", "name", "given_at")
        )
        stars = Order.objects.filter(pk=order.pk).values_list("review__stars", flat=True).first()
        found.append({**row[0], "lines": lines, "recipient": to, "stars": stars, "opinions": opinions})
    return found


def forget(ref: str, kept: Sequence[str]) -> int:
    """Who got it, where and what he had written on it, but for orders under way; of opinions the name and the words,
    their stars stay.
    """
    Opinion.objects.filter(line__order__customer_ref=ref).update(name="", text="")
    lines = OrderLine.objects.filter(order__customer_ref=ref).exclude(order__number__in=kept).exclude(inscriptions={})
    emptied = lines.update(inscriptions={})
    recipients = Recipient.objects.filter(order__customer_ref=ref).exclude(order__number__in=kept)
    return emptied + recipients.delete()[0]
