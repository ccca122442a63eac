"""The exact amounts of what is given back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from vafa.fulfilment.actions.numbering import next_number
from vafa.fulfilment.amounts import Net, net_of, next_share, share
from vafa.fulfilment.models import Credit, CreditLine, Invoice
from vafa.fulfilment.models.papers import Series
from vafa.fulfilment.queries.money import is_paid, paid_payment, payments_of
from vafa.orders.models import Bill, Order, OrderLine
from vafa.payments.actions import Debt, ask_less, hold_payments, owe


@dataclass(frozen=True)
class GivenBack:
    """What is given back: {primary key of a line: pieces} that have not left and lie in no parcel, and such that had
    left; with `delivery` also what is left of the delivery's price, else `delivery_part_minor` of it, at most all of
    that. `why` is a code of `models.credits.Why`."""

    why: str
    waiting: Mapping[int, int] = field(default_factory=dict)
    had_left: Mapping[int, int] = field(default_factory=dict)
    delivery: bool = False
    delivery_part_minor: int = 0
    tells: bool = True


def write_credit(order: Order, given: GivenBack, *, by: str, at: datetime) -> Credit:
    """The credit with its lines, and what follows for the order's money: a refund is owed of what was paid, of what is
    still to be paid less is asked for. Runs in the caller's transaction, which holds the order and has checked the
    pieces.

    It has a number of the credit notes where an invoice was written before.
    """
    hold_payments(order.number)
    lines, bill = list(OrderLine.objects.filter(order=order)), Bill.objects.get(order=order)
    net, earlier = net_of(lines, bill), list(Credit.objects.filter(order=order))
    parts = _parts({line.pk: line for line in lines}, net, given)
    delivery, delivery_tax = _delivery(net, earlier, given)
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
    _settle(order, credit, by=by, at=at)
    return credit


def _delivery(net: Net, earlier: Sequence[Credit], given: GivenBack) -> tuple[int, int]:
    """What goes back of the delivery's price, and the tax in it."""
    left = net.delivery - sum(each.delivery_minor for each in earlier)
    left_tax = net.delivery_tax - sum(each.delivery_tax_minor for each in earlier)
    if given.delivery:
        return left, left_tax
    part = max(0, min(given.delivery_part_minor, left))
    return part, share(left_tax, part, left) if part else 0


def _settle(order: Order, credit: Credit, *, by: str, at: datetime) -> None:
    if credit.owed:
        _owe(order, credit, at)
        return
    for payment in payments_of(order):
        if credit.total_minor and ask_less(payment, credit.total_minor, by=by, at=at):
            return


def _owe(order: Order, credit: Credit, at: datetime) -> None:
    debt = Debt(
        key=f"credit:{credit.public_id}",
        about=f"order:{order.number}",
        reason=credit.why,
        order=order.number,
        customer_ref=order.customer_ref,
        payment=paid_payment(order),
        amount_minor=credit.total_minor,
        currency=credit.currency,
    )
    owe(debt, at)


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
