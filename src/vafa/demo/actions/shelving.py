"""The shelves are filled: what the catalogue imagines goes through the catalog's own actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from vafa.catalog.actions import (
    CategoryRow,
    PictureRow,
    ProductRow,
    StockRow,
    StorehouseRow,
    VariantRow,
    keep_picture,
    record_products,
    remember_brands,
    remember_categories,
    remember_storehouses,
    set_stock,
)
from vafa.catalog.queries import expected_by
from vafa.demo.catalogue.books import imagine_shelves
from vafa.demo.catalogue.editions import DEPOT, STORE
from vafa.demo.catalogue.shelves import AGE, BOOK_SHEET, BOOKS, PHONE_SHEET, PHONES, SHELVES_OF_BOOKS
from vafa.demo.catalogue.things import Thing
from vafa.demo.catalogue.words import texts
from vafa.demo.covers import cover
from vafa.demo.rows import rials
from vafa.demo.simulation import DAY, Scenario

TREE = (
    CategoryRow("books", texts(BOOKS), specifications=BOOK_SHEET),
    *(
        CategoryRow(code, texts(name), "books", (*BOOK_SHEET, AGE) if code == "children" else BOOK_SHEET)
        for code, name in SHELVES_OF_BOOKS.items()
    ),
    CategoryRow("phones", texts(PHONES), specifications=PHONE_SHEET),
)
STOREHOUSES = (
    StorehouseRow(STORE, texts(("کتاب‌سرای وفا، تهران", "مكتبة وفا، طهران", "Vafa's bookshop, Tehran")), place="14"),
    StorehouseRow(DEPOT, texts(("انبار کرج", "مستودع كرج", "Karaj depot")), place="31"),
)
BY = "demo"
AT_ONCE, ARRIVING = 250, 12


def fill_shelves(scenario: Scenario, tell: Callable[[float], None]) -> None:
    """Shelves, makers, storehouses and all that lies there at the scenario's end; `tell` hears the share done."""
    things = imagine_shelves(scenario.seed, books=scenario.books, today=scenario.last_day)
    remember_categories(TREE)
    remember_storehouses(STOREHOUSES)
    remember_brands({thing.maker_code: thing.maker for thing in things})
    for first in range(0, len(things), AT_ONCE):
        tell(first / len(things))
        _put(things[first : first + AT_ONCE], scenario)


def take_in(day: date, *, at: datetime) -> None:
    """What was expected on this day comes: the shop keeps that word too. Done twice it is done once."""
    due = expected_by(day)
    set_stock([StockRow(each.sku, each.on_hand + ARRIVING, each.storehouse) for each in due], at=at)


def _put(things: Sequence[Thing], scenario: Scenario) -> None:
    record_products([_product(thing, scenario) for thing in things], made_by=BY, at=scenario.until)
    piles = [
        StockRow(_sku(thing, number), pile.pieces, pile.storehouse, pile.back_on)
        for thing in things
        for number, edition in enumerate(thing.editions)
        for pile in edition.piles
    ]
    set_stock(piles, at=scenario.until)


def _product(thing: Thing, scenario: Scenario) -> ProductRow:
    return ProductRow(
        code=thing.code,
        category=thing.shelf,
        title=thing.title,
        brand=thing.maker_code,
        description=thing.description,
        specifications=thing.sheet,
        variants=[
            VariantRow(
                _sku(thing, number),
                rials(1000 * edition.price),
                "IRR",
                choices=edition.choices,
                weight_g=float(edition.weight_g),
                volume_cm3=round(1.9 * edition.weight_g, 1),
            )
            for number, edition in enumerate(thing.editions)
        ],
        pictures=[_cover(thing)],
        added_at=scenario.until - thing.age_days * DAY,
    )


def _cover(thing: Thing) -> PictureRow:
    drawn = cover(thing.title["fa"], thing.maker["fa"], thing.art)
    title = thing.title
    words = {"fa": f"جلد «{title['fa']}»", "ar": f"غلاف «{title['ar']}»", "en": f"Cover of “{title['en']}”"}
    return keep_picture(drawn.encode(), words=title if thing.shelf == "phones" else words)


def _sku(thing: Thing, number: int) -> str:
    return f"{thing.code[:56]}-{number + 1}"
