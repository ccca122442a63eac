"""What it means for the money when an order goes to another address."""

from __future__ import annotations

from dataclasses import replace

from vafa.checkout.queries.taxes import tax_of
from vafa.delivery.queries.elsewhere import Elsewhere
from vafa.fulfilment.queries.money import delivery_left
from vafa.orders.models import Order
from vafa.orders.queries import bill_of, recipient_of


def with_money(order: Order, found: Elsewhere) -> Elsewhere:
    """The same with the amounts that its customer pays: tax is added where prices are without it, and never more goes
    back than the delivery cost him. Nothing goes back of an order that another system billed.
    """
    bill, to = bill_of(order), recipient_of(order)
    tax = tax_of(to.country if to else "", "")
    less = min(tax.on(found.less_minor), delivery_left(order, bill)) if found.less_minor and bill else 0
    return replace(found, more_minor=tax.on(found.more_minor), less_minor=less)
