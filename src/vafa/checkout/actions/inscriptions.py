"""What a customer wrote for what is made for him is forgotten once the order has it, or he wants it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db.models import QuerySet

from vafa.checkout.models import BasketLine, Purchase


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
