"""What this room knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from vafa.checkout.actions.inscriptions import forget_basket_words, forget_purchase_words, take_out_written
from vafa.checkout.models import Basket, BasketLine, Purchase
from vafa.customers.models import ContactPoint
from vafa.kit.clock import now

TABLES = frozenset({"checkout.Basket", "checkout.BasketLine", "checkout.Purchase", "checkout.Hold"})
STAYS = "What was in a purchase and how it ended stays; who was to get it does not."


def told(ref: str) -> dict[str, Any]:
    """Baskets with what was said so far, what he wrote for what is made for him, and purchases."""
    purchases = Purchase.objects.filter(customer_ref=ref).order_by("pk")
    names = ("number", "state", "lines", "to", "consents", "total_minor", "currency", "submitted_at", "settled_at")
    written = BasketLine.objects.filter(basket__in=_baskets(ref), made__has_key="inscriptions").order_by("pk")
    return {
        "written": [
            {"article": line.variant.sku, "words": line.made["inscriptions"]}
            for line in written.select_related("variant")
        ],
        "baskets": list(_baskets(ref).order_by("pk").values("state", "language", "said", "made_at", "changed_at")),
        "purchases": list(purchases.values(*names)),
    }


def forget(ref: str, kept: Sequence[str]) -> int:
    """Names and addresses in baskets and purchases and what was written for them, but for orders under way. What is in
    an open basket with words of his goes with them.
    """
    purchases = Purchase.objects.filter(customer_ref=ref).exclude(number__in=kept)
    baskets = _baskets(ref).exclude(pk__in=Purchase.objects.filter(number__in=kept).values("basket"))
    written = take_out_written(baskets, at=now())
    written += forget_basket_words(BasketLine.objects.filter(basket__in=list(baskets.values_list("pk", flat=True))))
    written += forget_purchase_words(purchases)
    emptied = written + baskets.exclude(said={}).update(said={})
    return emptied + purchases.exclude(to={}).update(to={})


def _baskets(ref: str) -> QuerySet[Basket]:
    """His own: ordered, begun while he was signed in, or in which one of his addresses was typed."""
    addresses = list(ContactPoint.objects.filter(customer__ref=ref).values_list("address", flat=True))
    typed = Q(said__email__in=addresses) | Q(said__phone__in=addresses) | Q(said__customer_ref=ref)
    ordered = Q(pk__in=Purchase.objects.filter(customer_ref=ref).values("basket"))
    return Basket.objects.filter(typed | ordered)
