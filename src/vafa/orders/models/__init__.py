"""Tables of the orders room."""

from vafa.orders.models.bills import Bill
from vafa.orders.models.facts import Order, Review, Seller, Stage
from vafa.orders.models.lines import OrderLine
from vafa.orders.models.opinions import Opinion, OpinionState
from vafa.orders.models.recipients import NameWord, Recipient

__all__ = [
    "Bill",
    "NameWord",
    "Opinion",
    "OpinionState",
    "Order",
    "OrderLine",
    "Recipient",
    "Review",
    "Seller",
    "Stage",
]
