"""What this room knows of a person, as it tells it to him."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.promises.models import Promise, Remedy

TABLES = frozenset({"promises.Promise", "promises.Remedy"})
STAYS = "The ledger of promises is sealed and stays under your number alone; it holds no name and no address."


def told(ref: str) -> dict[str, Any]:
    """What he was promised, what became of it, and what he got for it."""
    promises = Promise.objects.filter(party_ref=ref, direction="to_customer").order_by("pk")
    names = ("public_id", "kind", "subject_type", "subject_ref", "text", "made_at", "due_on", "due_at", "state")
    remedies = Remedy.objects.filter(customer_ref=ref).order_by("pk")
    return {
        "promises": list(promises.values(*names, "fulfilled_at")),
        "remedies": list(remedies.values("kind", "amount_minor", "currency", "state", "due_at", "given_at")),
    }


def forget(ref: str, kept: Sequence[str]) -> int:
    """Nothing here is personal but the number."""
    return 0
