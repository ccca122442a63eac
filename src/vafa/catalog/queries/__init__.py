"""Reads of the catalog."""

from vafa.catalog.queries.cards import Card, Offer, cards
from vafa.catalog.queries.entries import all_entries, entries
from vafa.catalog.queries.expected import Expected, expected_by
from vafa.catalog.queries.finders import Asking, Fit, Said, features_on, fits, guide_to, guides, questions_of
from vafa.catalog.queries.finding import Page, find, suggestions
from vafa.catalog.queries.inquiries import inquiries_in
from vafa.catalog.queries.known import KnownProduct, brand_names, known_products, products_of_articles
from vafa.catalog.queries.misses import misses
from vafa.catalog.queries.products import DataLine, Sheet, sheet, sheets
from vafa.catalog.queries.reserved import reserved_places
from vafa.catalog.queries.shelves import Shelf, shelves
from vafa.catalog.queries.synonyms import synonym_groups, thesaurus
from vafa.catalog.queries.wares import Ware, all_wares, state_of_wares, wares_below, wares_named, wares_page
from vafa.catalog.search.asking import Asked, Sorting

__all__ = [
    "Asked",
    "Asking",
    "Card",
    "DataLine",
    "Expected",
    "Fit",
    "KnownProduct",
    "Offer",
    "Page",
    "Said",
    "Sheet",
    "Shelf",
    "Sorting",
    "Ware",
    "all_entries",
    "all_wares",
    "brand_names",
    "cards",
    "entries",
    "expected_by",
    "features_on",
    "find",
    "fits",
    "guide_to",
    "guides",
    "inquiries_in",
    "known_products",
    "misses",
    "products_of_articles",
    "questions_of",
    "reserved_places",
    "sheet",
    "sheets",
    "shelves",
    "state_of_wares",
    "suggestions",
    "synonym_groups",
    "thesaurus",
    "wares_below",
    "wares_named",
    "wares_page",
]
