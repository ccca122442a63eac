"""The list of articles as Torob asks for it (its Product API, version 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from vafa.catalog.queries import Ware, wares_below, wares_named, wares_page
from vafa.kit.formats import text_in
from vafa.storefront.listing import address_of, pictures_of

VERSION = "torob_api_v3"
PAGE = 100  # exactly so many on every page but the last
MOST_NAMED = 100
MOST_PAGES = 1_000_000
CURRENCY = "IRR"  # Torob knows toman alone, so what is priced otherwise is not listed
RIALS = 10  # a toman
SORTS = {"date_added_desc", "date_updated_desc"}
CURSOR = re.compile(r"[0-9]{1,18}")
OF_A_PRODUCT = re.compile(r"/shop/p/([^/]+)/?")
Answer = dict[str, Any]


class BadAsk(Exception):  # noqa: N818 - a refusal, not a fault
    """What was wrong with the body, in English: it is read by Torob's engineers."""


def answer(asked: object) -> Answer:
    """What was asked for: by `page_urls`, by `page_uniques`, by `page` and `sort`, or by `sort` and `cursor`."""
    if not isinstance(asked, dict) or not asked:
        raise BadAsk("the body is empty or no JSON object")
    keys = set(asked)
    if keys == {"page_urls"}:
        return _named(_at(_texts(asked, "page_urls")))
    if keys == {"page_uniques"}:
        return _named(wares_named(currency=CURRENCY, skus=_texts(asked, "page_uniques")))
    if asked.get("sort") == "product_id_desc":
        return _after(asked)
    return _page(asked)


def _page(asked: Mapping[str, object]) -> Answer:
    number, sort = asked.get("page"), asked.get("sort")
    if unknown := set(asked) - {"page", "sort"}:
        raise BadAsk(f"{min(map(str, unknown))} parameter cannot stand here")
    if sort is None:
        raise BadAsk("sort parameter is not provided")
    if not isinstance(sort, str) or sort not in SORTS:
        raise BadAsk("sort must be date_added_desc, date_updated_desc or product_id_desc")
    if number is None:
        raise BadAsk("page parameter is not provided")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST_PAGES:
        raise BadAsk("page must be a whole number from 1")
    wares, total = wares_page(number, PAGE, currency=CURRENCY, by_change=sort == "date_updated_desc")
    return _answer(wares, total=total, page=number, pages=max(1, -(-total // PAGE)))


def _after(asked: Mapping[str, object]) -> Answer:
    if unknown := set(asked) - {"sort", "cursor"}:
        raise BadAsk(f"{min(map(str, unknown))} parameter cannot stand beside product_id_desc")
    cursor = asked.get("cursor")
    if "cursor" in asked and not (isinstance(cursor, str) and CURSOR.fullmatch(cursor)):
        raise BadAsk("cursor must be the next_cursor of the answer before")
    wares = wares_below(int(str(cursor)) if cursor else None, PAGE + 1, currency=CURRENCY)
    more, wares = len(wares) > PAGE, wares[:PAGE]
    return {
        **_answer(wares, total=None, page=None, pages=None),
        "next_cursor": str(wares[-1].number) if more else None,
    }


def _named(wares: Sequence[Ware]) -> Answer:
    return _answer(wares, total=len(wares), page=1, pages=1)


def _answer(wares: Sequence[Ware], *, total: int | None, page: int | None, pages: int | None) -> Answer:
    return {
        "api_version": VERSION,
        "current_page": page,
        "total": total,
        "max_pages": pages,
        "products": [_described(ware) for ware in wares],
    }


def _described(ware: Ware) -> dict[str, object]:
    """A part of a toman is counted as a whole one: nobody is asked for more than he was shown."""
    sheet = {text_in(line.name, "fa"): text_in(line.value, "fa") for line in ware.sheet}
    choices = {option: text_in(value, "fa") for option, value in ware.choices.items()}
    there = ware.pieces > 0
    return {
        "page_unique": ware.sku,
        "page_url": address_of(ware),
        "product_group_id": ware.product,
        "title": text_in(ware.title, "fa")[:500],
        "subtitle": ware.title.get("en", "")[:500],
        "current_price": -(-ware.price_minor // RIALS) if there else 0,
        "availability": there,
        "category_name": text_in(ware.shelf, "fa")[:200],
        "image_links": pictures_of(ware),
        "spec": {**sheet, **choices},
        "short_desc": text_in(ware.description, "fa")[:500],
        "date_added": ware.added_at.isoformat(timespec="seconds"),
        "date_updated": ware.changed_at.isoformat(timespec="seconds"),
    }


def _texts(asked: Mapping[str, object], name: str) -> list[str]:
    given = asked[name]
    if not isinstance(given, list) or not given or not all(isinstance(each, str) for each in given):
        raise BadAsk(f"{name} must be a list of at least one text")
    if len(given) > MOST_NAMED:
        raise BadAsk(f"{name} must be a list of at most {MOST_NAMED} texts")
    return [_plain(each) for each in given]


def _at(addresses: Sequence[str]) -> list[Ware]:
    """The article that the address names, or all of its product; addresses of other pages lead to nothing."""
    skus, products = [], []
    for address in addresses:
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        found = OF_A_PRODUCT.fullmatch(parts.path)
        chosen = parse_qs(parts.query).get("v")
        if found and chosen:
            skus.append(_plain(chosen[0]))
        elif found:
            products.append(_plain(unquote(found[1])))
    return wares_named(currency=CURRENCY, skus=skus, products=products)


def _plain(text: str) -> str:
    """Without what no database keeps: halves of letters and the sign zero."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")
