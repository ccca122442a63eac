"""Tables of the catalog room."""

from vafa.catalog.models.edits import BulkEdit, EditState
from vafa.catalog.models.finders import GuideChoice, GuideQuestion
from vafa.catalog.models.held import HeldChange, HeldState, What
from vafa.catalog.models.inquiries import Inquiry, InquiryState
from vafa.catalog.models.notices import BackNotice, NoticeState
from vafa.catalog.models.options import Option, OptionRule, OptionValue
from vafa.catalog.models.prices import Price
from vafa.catalog.models.products import Brand, Category, Picture, Product, Variant
from vafa.catalog.models.searching import Miss, Reindex, Synonyms
from vafa.catalog.models.stock import Stock, Storehouse

__all__ = [
    "BackNotice",
    "Brand",
    "BulkEdit",
    "Category",
    "EditState",
    "GuideChoice",
    "GuideQuestion",
    "HeldChange",
    "HeldState",
    "Inquiry",
    "InquiryState",
    "Miss",
    "NoticeState",
    "Option",
    "OptionRule",
    "OptionValue",
    "Picture",
    "Price",
    "Product",
    "Reindex",
    "Stock",
    "Storehouse",
    "Synonyms",
    "Variant",
    "What",
]
