"""Tables of the checkout room."""

from vafa.checkout.models.baskets import Basket, BasketLine, BasketState, Putting
from vafa.checkout.models.holds import CheckRules, Hold, HoldState
from vafa.checkout.models.purchases import Purchase, PurchaseState
from vafa.checkout.models.taxes import TaxRule

__all__ = [
    "Basket",
    "BasketLine",
    "BasketState",
    "CheckRules",
    "Hold",
    "HoldState",
    "Purchase",
    "PurchaseState",
    "Putting",
    "TaxRule",
]
