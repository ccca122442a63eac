"""What nobody needs any more of baskets and purchases is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vafa.checkout.actions.inscriptions import forget_purchase_words
from vafa.checkout.actions.pricing import withdraw_price
from vafa.checkout.models import Basket, BasketLine, BasketState, Purchase, PurchaseState

EMPTY_FOR = timedelta(days=2)
LEFT_FOR = timedelta(days=90)  # a basket that its browser has not touched since
LATE_MONEY = timedelta(days=30)  # so long a payment that came too late can still find its purchase whole
BATCH = 500


def forget_empty_baskets(*, at: datetime, limit: int = BATCH) -> int:
    """Baskets in which nothing is and of which nothing came; how many."""
    empty = Basket.objects.filter(state=BasketState.OPEN, changed_at__lt=at - EMPTY_FOR, lines=None, purchases=None)
    gone, by_table = Basket.objects.filter(pk__in=list(empty.values_list("pk", flat=True)[:limit])).delete()
    return by_table.get("checkout.Basket", 0) if gone else 0


def forget_left_baskets(*, at: datetime, limit: int = BATCH) -> int:
    """What is in baskets that were left behind long ago, and what was said in them; how many."""
    left = Basket.objects.filter(state=BasketState.OPEN, changed_at__lt=at - LEFT_FOR).exclude(lines=None, said={})
    done = 0
    for number in list(left.order_by("changed_at").values_list("pk", flat=True).distinct()[:limit]):
        with transaction.atomic():
            held = Basket.objects.select_for_update().filter(pk=number, changed_at__lt=at - LEFT_FOR).first()
            if held is None or held.state != BasketState.OPEN:
                continue
            for line in BasketLine.objects.filter(basket=held):
                withdraw_price(line, "unused", at=at)
                line.delete()
            Basket.objects.filter(pk=held.pk).update(said={})
            done += 1
    return done


def forget_lapsed_purchases(*, at: datetime) -> int:
    """To whom purchases should have gone that came to nothing, and what was written for them; how many. Lines and
    amounts stay beside the payments.
    """
    ended = [PurchaseState.LAPSED, PurchaseState.CANCELLED]
    over = Purchase.objects.filter(state__in=ended, settled_at__lt=at - LATE_MONEY).exclude(to={})
    forget_purchase_words(over)
    return over.update(to={})
