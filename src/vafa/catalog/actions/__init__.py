"""Writes of the catalog: one function, one use case, one transaction."""

from vafa.catalog.actions.categories import CategoryRow, remember_brands, remember_categories
from vafa.catalog.actions.finders import ChoiceTerms, forget_question, keep_question
from vafa.catalog.actions.indexing import empty_index, rebuild_index
from vafa.catalog.actions.leaving import ship, unship
from vafa.catalog.actions.misses import remember_miss
from vafa.catalog.actions.pictures import keep_picture
from vafa.catalog.actions.products import PictureRow, ProductRow, VariantRow, record_products
from vafa.catalog.actions.saying import answer_inquiry, ask_inquiry, refuse_inquiry, show_opinions
from vafa.catalog.actions.stock import StockRow, StorehouseRow, release, remember_storehouses, reserve, set_stock
from vafa.catalog.actions.synonyms import forget_synonyms, keep_synonyms

__all__ = [
    "CategoryRow",
    "ChoiceTerms",
    "PictureRow",
    "ProductRow",
    "StockRow",
    "StorehouseRow",
    "VariantRow",
    "answer_inquiry",
    "ask_inquiry",
    "empty_index",
    "forget_question",
    "forget_synonyms",
    "keep_picture",
    "keep_question",
    "keep_synonyms",
    "rebuild_index",
    "record_products",
    "refuse_inquiry",
    "release",
    "remember_brands",
    "remember_categories",
    "remember_miss",
    "remember_storehouses",
    "reserve",
    "set_stock",
    "ship",
    "show_opinions",
    "unship",
]
