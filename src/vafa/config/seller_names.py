"""Names of sellers for the ledger, which holds their codes and may not ask the room of orders above it."""

from __future__ import annotations

from vafa.orders.models import Seller


def seller_name(code: str) -> str:
    """The seller's name, "" where none is known."""
    return Seller.objects.filter(code=code).values_list("name", flat=True).first() or ""
