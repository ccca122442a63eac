"""What a customer wrote for what is made for him is forgotten once the order has it, or he wants it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from vafa.checkout.actions.pricing import withdraw_price
from vafa.checkout.models import Basket, BasketLine, BasketState, Purchase


def take_out_written(baskets: QuerySet[Basket], *, at: datetime) -> int:
    """Take everything he wrote something for out of those of his baskets that nothing was ordered from: made without
    his words it is not what he wanted. Its promised price is withdrawn. How many lines; part of the caller's
    transaction.
    """
    held = baskets.select_for_update().filter(state=BasketState.OPEN)
    written = BasketLine.objects.filter(basket__in=list(held), made__has_key="inscriptions")
    lines = list(written.order_by("pk"))
    for line in lines:
        withdraw_price(line, "removed", at=at)
        line.delete()
    return len(lines)


def forget_basket_words(lines: QuerySet[BasketLine]) -> int:
    """Empty them in these lines, with their short names, from which short words could be guessed; how many had any."""
    written = list(lines.filter(made__has_key="inscriptions"))
    for line in written:
        made = {name: value for name, value in line.made.items() if name != "inscriptions"}
        BasketLine.objects.filter(pk=line.pk).update(made=made, made_key=secrets.token_hex(12))
    return len(written)


def forget_purchase_words(purchases: Iterable[Purchase]) -> int:
    """Empty them in the lines of these purchases; how many had any."""
    written = [each for each in purchases if any(line.get("inscriptions") for line in each.lines)]
    for purchase in written:
        lines = [{**line, "inscriptions": {}} for line in purchase.lines]
        Purchase.objects.filter(pk=purchase.pk).update(lines=lines)
    return len(written)
