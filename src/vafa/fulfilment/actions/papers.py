"""The invoice of an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.fulfilment.actions.numbering import next_number
from vafa.fulfilment.actions.telling import note_down
from vafa.fulfilment.amounts import net_of
from vafa.fulfilment.models import Credit, CreditLine, Happening, Invoice
from vafa.fulfilment.models.papers import Series
from vafa.kit.problems import Problem
from vafa.orders.actions import lock_order
from vafa.orders.models import Bill, Order, OrderLine


def write_invoice(order: Order, *, by: str, at: datetime) -> Invoice:
    """The order's invoice, written once: what was given back before is not on it, what is given back later gets a
    credit note. Asked again gives the one there is. Problem `no-bill` (409): nothing of it was sold here."""
    with transaction.atomic():
        held = lock_order(order)
        written = Invoice.objects.filter(order=held).first()
        if written is not None:
            return written
        bill = Bill.objects.filter(order=held).first()
        body = body_of(held, bill) if bill else None
        if body is None or not body["lines"]:
            raise Problem("no-bill", _("There is nothing to invoice in this order."), status=409)
        invoice = Invoice.objects.create(order=held, number=next_number(Series.INVOICE), at=at, by=by, body=body)
        note_down(held, Happening.INVOICE, by=by, at=at, number=invoice.number)
    return invoice


def body_of(order: Order, bill: Bill) -> dict[str, Any]:
    """What is printed: lines, delivery, sums and the tax by its rate; amounts in minor units of `currency`. What the
    customer wrote for a line is read from the order, as his name is: both are erased with him.
    """
    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    net, credits = net_of(lines, bill), list(Credit.objects.filter(order=order))
    rows = _rows(lines, net.lines, net.line_taxes)
    delivery = net.delivery - sum(each.delivery_minor for each in credits)
    delivery_tax = net.delivery_tax - sum(each.delivery_tax_minor for each in credits)
    taxes: dict[int, int] = defaultdict(int)
    for row in [*rows, {"tax_bp": bill.delivery_tax_bp, "tax_minor": delivery_tax}]:
        taxes[row["tax_bp"]] += row["tax_minor"]
    total = sum(row["amount_minor"] for row in rows) + delivery
    return {
        "lines": rows,
        "delivery_minor": delivery,
        "total_minor": total,
        "tax_minor": sum(taxes.values()),
        "taxes": [{"bp": bp, "minor": minor} for bp, minor in sorted(taxes.items()) if minor],
        "voucher": bill.voucher_code,
        "currency": bill.currency,
    }


def _rows(lines: Sequence[OrderLine], amounts: dict[int, int], taxes: dict[int, int]) -> list[dict[str, Any]]:
    given: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for part in CreditLine.objects.filter(line__in=lines):
        sums = given[part.line_id]
        sums[0], sums[1], sums[2] = sums[0] + part.quantity, sums[1] + part.amount_minor, sums[2] + part.tax_minor
    return [
        {
            "position": line.position,
            "sku": line.sku,
            "title": line.title,
            "choices": line.choices,
            "quantity": line.quantity - given[line.pk][0],
            "unit_minor": line.unit_minor,
            "off_minor": line.unit_minor * (line.quantity - given[line.pk][0]) - (amounts[line.pk] - given[line.pk][1]),
            "amount_minor": amounts[line.pk] - given[line.pk][1],
            "tax_bp": line.tax_bp,
            "tax_minor": taxes[line.pk] - given[line.pk][2],
        }
        for line in lines
        if line.quantity > given[line.pk][0]
    ]
