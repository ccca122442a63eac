"""What pieces of an order cost in the end: exact shares of what was paid, whatever was taken off and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vafa.orders.models import Bill, OrderLine


def share(total: int, part: int, of: int) -> int:
    """`part` of `of` equal pieces of a whole number, rounded half up."""
    return (2 * total * part + of) // (2 * of)


def next_share(total: int, done: int, more: int, of: int) -> int:
    """What `more` pieces are worth after `done` were taken: the shares of all pieces add up to `total` exactly."""
    return share(total, done + more, of) - share(total, done, of)


@dataclass(frozen=True)
class Net:
    """What each line (by primary key) and the delivery cost after all that was taken off; the sum is the bill's total.
    Taxes are contained."""

    lines: dict[int, int]
    line_taxes: dict[int, int]
    delivery: int
    delivery_tax: int

    @property
    def total(self) -> int:
        return sum(self.lines.values()) + self.delivery


def net_of(lines: Sequence[OrderLine], bill: Bill) -> Net:
    """The bill by its parts. What was taken off the whole and stands at no line comes off the delivery first, as a
    free delivery does, then off the lines in proportion."""
    after = {line.pk: line.amount_minor - line.discount_minor for line in lines}
    rest = bill.discount_minor - sum(line.discount_minor for line in lines)
    off_delivery = max(0, min(rest, bill.delivery_minor))
    off_goods, goods, done = max(0, rest - off_delivery), sum(after.values()), 0
    if off_goods and goods:
        for pk, amount in list(after.items()):
            after[pk] = amount - next_share(off_goods, done, amount, goods)
            done += amount
    taxes = {line.pk: line.tax_minor for line in lines}
    return Net(after, taxes, bill.delivery_minor - off_delivery, max(0, bill.tax_minor - sum(taxes.values())))
