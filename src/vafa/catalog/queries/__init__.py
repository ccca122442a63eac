"""Reads of the catalog."""

from vafa.catalog.queries.cards import Card, Offer, cards
from vafa.catalog.queries.entries import all_entries, entries
from vafa.catalog.queries.finding import Page, find, suggestions
from vafa.catalog.queries.products import DataLine, Sheet, sheet
from vafa.catalog.queries.shelves import Shelf, shelves

__all__ = [
    "Card",
    "DataLine",
    "Offer",
    "Page",
    "Sheet",
    "Shelf",
    "all_entries",
    "cards",
    "entries",
    "find",
    "sheet",
    "shelves",
    "suggestions",
]
