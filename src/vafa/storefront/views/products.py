"""One product, with the date by which it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vafa.catalog.queries import Offer, Sheet, sheet, shelves
from vafa.catalog.queries.beside import neighbours
from vafa.catalog.queries.there import pieces_to_make
from vafa.delivery.queries.choices import Need, choices_for, choices_for_each
from vafa.kit import clock
from vafa.storefront.frame import window
from vafa.storefront.making import Making, making_of
from vafa.storefront.needs import need_of
from vafa.storefront.places import ChosenPlace, home_place, place_of
from vafa.storefront.structured import Sold, structured

SHOWN = 3  # opinions


@require_safe
def product(request: HttpRequest, code: str) -> HttpResponse:
    """The product with its price, what is there of it, and its dates for the visitor's place."""
    return product_page(request, code, request.GET)


def product_page(
    request: HttpRequest, code: str, said: Mapping[str, str], *, page: str = "", status: int = 200
) -> HttpResponse:
    """The product as somebody chose it. `page` is its own address where the answer stands at another one: what was
    written for it is shown then with its faults, and never becomes part of an address. 404 where there is none.
    """
    found = sheet(code) if "\x00" not in code else None
    if found is None:
        raise Http404
    offer = _offer(found, said.get("v", ""))
    place = place_of(request)
    making = making_of(found, said, page=page)
    lacks_parts = False
    if offer and making and (counted := making.configured.counted):
        makes = pieces_to_make(offer.sku, offer.pieces, counted, found.parts_there)
        lacks_parts = bool(offer.pieces) and not makes
        offer = replace(offer, pieces=makes)
    at = clock.now()
    need = _need(found, offer, place, making)
    ways = choices_for(need, at) if need else None
    costs = (offer.price_minor if offer else 0) + (making.outcome.surcharge_minor if making else 0)
    sold = _told(found, Sold(offer, costs, need, ways, place), making, at) if offer else None
    shelf = shelves()[found.shelf]
    context = {
        "sheet": found,
        "card": found.card,
        "offer": offer,
        "making": making,
        "lacks_parts": lacks_parts,
        "costs_minor": costs,
        "ways": ways,
        "shelf": shelf,
        "above": [shelves()[each] for each in shelf.above],
        "described": structured(found, sold, url=request.build_absolute_uri(page or request.path), at=at),
        "newest": _newest(found),
        "page": page,
    }
    around = {"here": page} if page else {}
    return window(request, "storefront/product.html", {**context, **around}, status=status)


@require_safe
def beside(request: HttpRequest, code: str) -> HttpResponse:
    """What goes with the product and what is like it: a page of its own, of which the product's page takes a part once
    it stands, so that nobody waits for it.
    """
    found = neighbours(code)
    if found is None:
        raise Http404
    return window(request, "storefront/product_beside.html", {"neighbours": found, "code": code})


def _told(found: Sheet, sold: Sold, making: Making | None, at: datetime) -> Sold:
    """What search engines are told of it: who says no place, as they do, is told of the shop's own city."""
    if sold.place is not None or (home := home_place()) is None:
        return sold
    need = _need(found, sold.offer, home, making)
    return replace(sold, place=home, need=need, ways=choices_for_each([need], at)[0] if need else None)


def _newest(found: Sheet) -> list[dict[str, object]]:
    """The newest opinions, with the moments they were given."""
    said = found.card.opinions["newest"][:SHOWN] if found.card.opinions else []
    return [{**each, "at": datetime.fromisoformat(each["at"])} for each in said]


def _need(found: Sheet, offer: Offer | None, place: ChosenPlace | None, making: Making | None) -> Need | None:
    """What is asked of delivery: this article alone, made so and ordered now. None where nothing can be delivered."""
    if offer is None or place is None or not offer.pieces or (making and not making.outcome.is_possible):
        return None
    return need_of(found, offer, place, making.configured.made if making else None)


def _offer(found: Sheet, sku: str) -> Offer | None:
    """The variant asked for, else the cheapest that is there."""
    named = (offer for offer in found.card.offers if offer.sku == sku)
    return next(named, found.card.cheapest)
