"""The lines of an invoice as they are printed."""

from __future__ import annotations

from typing import Any

from vafa.catalog.queries.configurations import SPOKEN, in_words
from vafa.fulfilment.models import Invoice
from vafa.orders.models import OrderLine


def printed_rows(invoice: Invoice) -> list[dict[str, Any]]:
    """What was sold, with `in_words`: the choices, each with what the customer wrote for it, as long as it is kept.
    One query where something was made for him, else none.
    """
    rows: list[dict[str, Any]] = invoice.body["lines"]
    written = _written(invoice) if any(SPOKEN in code for row in rows for code in row["choices"]) else {}
    return [{**row, "in_words": list(in_words(row["choices"], written.get(row.get("position"), {})))} for row in rows]


def _written(invoice: Invoice) -> dict[int | None, dict[str, str]]:
    lines = OrderLine.objects.filter(order=invoice.order_id).exclude(inscriptions={})
    return dict(lines.values_list("position", "inscriptions"))
