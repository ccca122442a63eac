"""What this room knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.fulfilment.actions.notes import erase_notes
from vafa.fulfilment.models import Invoice, Note

TABLES = frozenset({"fulfilment.Note", "fulfilment.Invoice"})
STAYS = "Invoices stay by law, without name and address."


def told(ref: str) -> dict[str, Any]:
    """His invoices, and what the staff noted at his orders."""
    invoices = Invoice.objects.filter(order__customer_ref=ref).order_by("pk")
    notes = Note.objects.filter(order__customer_ref=ref).order_by("pk")
    return {
        "invoices": list(invoices.values("order__number", "number", "at", "body")),
        "notes": list(notes.values("order__number", "text", "at", "by")),
    }


def forget(ref: str, kept: Sequence[str]) -> int:
    """Notes of the staff, which may name him."""
    return erase_notes(ref, kept)
