"""The exact amounts of what is given back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from vafa.fulfilment.actions.numbering import next_number
from vafa.fulfilment.amounts import Net, net_of, next_share
from vafa.fulfilment.models import Credit, CreditLine, Invoice
from vafa.fulfilment.models.papers import Series
from vafa.fulfilment.queries.money import is_paid
from vafa.orders.models import Bill, Order, OrderLine


@dataclass(frozen=True)
class GivenBack:
    """What is given back: {primary key of a line: pieces} that have not left and lie in no parcel, and such that had
    left; with `delivery` also what is left of the delivery's price. `why` is a code of `models.credits.Why`."""

    why: str
    waiting: Mapping[int, int] = field(default_factory=dict)
    had_left: Mapping[int, int] = field(default_factory=dict)
    delivery: bool = False
    tells: bool = True


def write_credit(order: Order, given: GivenBack, *, by: str, at: datetime) -> Credit:
    """The credit with its lines. Runs in the caller's transaction, which holds the order and has checked the pieces.

    It has a number of the credit notes where an invoice was written before.
    """
    lines, bill = list(OrderLine.objects.filter(order=order)), Bill.objects.get(order=order)
    net, earlier = net_of(lines, bill), list(Credit.objects.filter(order=order))
    parts = _parts({line.pk: line for line in lines}, net, given)
    delivery = net.delivery - sum(each.delivery_minor for each in earlier) if given.delivery else 0
    delivery_tax = net.delivery_tax - sum(each.delivery_tax_minor for each in earlier) if given.delivery else 0
    total = sum(part.amount_minor for part in parts) + delivery
    credit = Credit.objects.create(
        order=order,
        key=f"{order.number}:{len(earlier) + 1}",
        number=next_number(Series.CREDIT) if Invoice.objects.filter(order=order).exists() else None,
        why=given.why,
        at=at,
        by=by,
        delivery_minor=delivery,
        delivery_tax_minor=delivery_tax,
        total_minor=total,
        tax_minor=sum(part.tax_minor for part in parts) + delivery_tax,
        currency=bill.currency,
        owed=bool(total) and is_paid(order),
    )
    for part in parts:
        part.credit = credit
    CreditLine.objects.bulk_create(parts)
    return credit


def _parts(lines: Mapping[int, OrderLine], net: Net, given: GivenBack) -> list[CreditLine]:
    done: dict[int, int] = defaultdict(int)
    for pk, count in CreditLine.objects.filter(line__in=lines).values_list("line_id", "quantity"):
        done[pk] += count
    parts = []
    for pieces, had_left in ((given.waiting, False), (given.had_left, True)):
        for pk, count in sorted(pieces.items()):
            of = lines[pk].quantity
            parts.append(
                CreditLine(
                    line_id=pk,
                    quantity=count,
                    had_left=had_left,
                    amount_minor=next_share(net.lines[pk], done[pk], count, of),
                    tax_minor=next_share(net.line_taxes[pk], done[pk], count, of),
                )
            )
            done[pk] += count
    return parts
