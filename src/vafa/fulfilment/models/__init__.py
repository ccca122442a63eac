"""Tables of the fulfilment room."""

from vafa.fulfilment.models.credits import Credit, CreditLine
from vafa.fulfilment.models.packing import Packing, ParcelLine
from vafa.fulfilment.models.papers import Invoice, PaperNumber
from vafa.fulfilment.models.story import Happening, Note, OrderEvent
from vafa.fulfilment.models.wrong_prices import Answer, WrongPrice, WrongPriceOrder

__all__ = [
    "Answer",
    "Credit",
    "CreditLine",
    "Happening",
    "Invoice",
    "Note",
    "OrderEvent",
    "Packing",
    "PaperNumber",
    "ParcelLine",
    "WrongPrice",
    "WrongPriceOrder",
]
