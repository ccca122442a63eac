"""Purchases."""

from __future__ import annotations

from uuid import UUID

from vafa.checkout.models import Basket, Purchase, PurchaseState


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
