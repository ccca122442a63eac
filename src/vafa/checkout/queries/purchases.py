"""Purchases."""

from __future__ import annotations

from uuid import UUID

from vafa.catalog.models import Price
from vafa.checkout.models import Basket, BasketLine, Purchase, PurchaseState
from vafa.promises.models import Promise, State


def purchase_by(public_id: UUID | str) -> Purchase | None:
    """The purchase of that public number."""
    return Purchase.objects.filter(public_id=public_id).select_related("basket").first()


def purchase_numbered(number: str) -> Purchase | None:
    """The purchase of an order's number."""
    return Purchase.objects.filter(number=number).select_related("basket").first()


def standing_purchase(basket: Basket) -> Purchase | None:
    """The one that waits for its money or became the order."""
    standing = [PurchaseState.WAITING, PurchaseState.PLACED]
    return Purchase.objects.filter(basket=basket, state__in=standing).first()


def price_promises(number: str, price: Price) -> list[Promise]:
    """What was promised of that price in the basket of the order of that number, and is open or was kept or broken."""
    lines = BasketLine.objects.filter(price=price, basket__purchases__number=number, promise_ref__isnull=False)
    refs = list(lines.values_list("promise_ref", flat=True))
    return list(Promise.objects.filter(public_id__in=refs).exclude(state=State.CANCELLED).order_by("pk"))
