"""One product, with the date by which it is there."""

from __future__ import annotations

import json
from decimal import Decimal

from babel.numbers import get_currency_precision
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from vafa.catalog.queries import Offer, Sheet, sheet, shelves
from vafa.delivery.queries.ways import Ways, ways_to
from vafa.kit.formats.preferences import the_language
from vafa.storefront.frame import window
from vafa.storefront.places import ChosenPlace, place_of


@require_safe
def product(request: HttpRequest, code: str) -> HttpResponse:
    """The product with its price, what is there of it, and its dates for the visitor's place."""
    found = sheet(code)
    if found is None:
        raise Http404
    offer = _offer(found, request.GET.get("v", ""))
    place = place_of(request)
    ways = _ways(found, offer, place)
    shelf = shelves()[found.shelf]
    context = {
        "sheet": found,
        "card": found.card,
        "offer": offer,
        "ways": ways,
        "shelf": shelf,
        "above": [shelves()[each] for each in shelf.above],
        "described": _described(request, found, offer),
    }
    return window(request, "storefront/product.html", context)


def _ways(found: Sheet, offer: Offer | None, place: ChosenPlace | None) -> Ways | None:
    if offer is None or place is None or not offer.pieces:
        return None
    return ways_to(place.named, weight_g=found.weight_g, price_minor=offer.price_minor, category=found.shelf)


def _offer(found: Sheet, sku: str) -> Offer | None:
    """The variant asked for, else the cheapest that is there."""
    named = (offer for offer in found.card.offers if offer.sku == sku)
    return next(named, found.card.cheapest)


def _described(request: HttpRequest, found: Sheet, offer: Offer | None) -> SafeString:
    """The product as search engines read it (schema.org), in the page's language, ready for a script element."""
    language = the_language(None)
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": _in(found.card.title, language),
        "url": request.build_absolute_uri(request.path),
    }
    if found.card.brand:
        said["brand"] = {"@type": "Brand", "name": _in(found.card.brand, language)}
    if found.description:
        said["description"] = _in(found.description, language)
    if offer:
        said["sku"] = offer.sku
        said["offers"] = {
            "@type": "Offer",
            "price": str(Decimal(offer.price_minor).scaleb(-get_currency_precision(offer.currency))),
            "priceCurrency": offer.currency,
            "availability": f"https://schema.org/{'InStock' if offer.pieces else 'OutOfStock'}",
        }
    safe = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(safe)  # noqa: S308 - nothing in it can end the element


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
