"""What this room knows of a person, as it tells it to him."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.vouchers.models import Voucher

TABLES = frozenset({"vouchers.Voucher"})
STAYS = "Vouchers stay under your number alone; what is left of them can be used until they end."


def told(ref: str) -> list[dict[str, Any]]:
    """Every voucher of his."""
    names = ("code", "benefit", "amount_minor", "percent", "currency", "issued_at", "valid_until", "redeemed_at")
    return list(Voucher.objects.filter(customer_ref=ref).order_by("pk").values(*names, "redeemed_order"))


def forget(ref: str, kept: Sequence[str]) -> int:
    """Nothing here is personal but the number."""
    return 0
