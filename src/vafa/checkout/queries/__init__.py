"""Reads of checkout. Rooms above use `basket_by`, `contents`, `summary`, `purchase_by` and `is_held`."""

from vafa.checkout.queries.baskets import basket_by, open_basket
from vafa.checkout.queries.contents import Content, Contents, contents
from vafa.checkout.queries.delivering import Chosen, chosen_of, delivery_choices
from vafa.checkout.queries.holds import check_rules, hold_of, holds, is_held
from vafa.checkout.queries.paying import pay_page, payable_by
from vafa.checkout.queries.purchases import purchase_by, purchase_numbered, standing_purchase
from vafa.checkout.queries.summary import Summary, summary
from vafa.checkout.queries.taxes import tax_of, tax_rules

__all__ = [
    "Chosen",
    "Content",
    "Contents",
    "Summary",
    "basket_by",
    "check_rules",
    "chosen_of",
    "contents",
    "delivery_choices",
    "hold_of",
    "holds",
    "is_held",
    "open_basket",
    "pay_page",
    "payable_by",
    "purchase_by",
    "purchase_numbered",
    "standing_purchase",
    "summary",
    "tax_of",
    "tax_rules",
]
