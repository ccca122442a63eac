"""Baskets by the name in their cookie."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vafa.checkout.models import Basket, BasketLine, BasketState


def basket_by(public_id: UUID | None) -> Basket | None:
    """The basket, whatever became of it."""
    return Basket.objects.filter(public_id=public_id).first() if public_id else None


def open_basket(public_id: UUID | None) -> Basket | None:
    """The basket, as long as no order has come of it."""
    found = basket_by(public_id)
    return None if found is None or found.state == BasketState.DONE else found


def products_in(public_id: UUID) -> QuerySet[BasketLine, Any]:
    """The numbers of the products in the basket, to be asked for by another query."""
    return BasketLine.objects.filter(basket__public_id=public_id).order_by().values("variant__product")
