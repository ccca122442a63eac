"""One product, with the date by which it is there."""

from __future__ import annotations

import json
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from vafa.catalog.queries import Offer, Sheet, sheet, shelves
from vafa.delivery.queries.choices import Choices, choices_for
from vafa.kit import clock
from vafa.kit.formats import plain_amount, text_in
from vafa.storefront.frame import window
from vafa.storefront.making import Making, making_of
from vafa.storefront.needs import need_of
from vafa.storefront.places import ChosenPlace, place_of

SHOWN = 3  # opinions


@require_safe
def product(request: HttpRequest, code: str) -> HttpResponse:
    """The product with its price, what is there of it, and its dates for the visitor's place."""
    found = sheet(code)
    if found is None:
        raise Http404
    offer = _offer(found, request.GET.get("v", ""))
    place = place_of(request)
    making = making_of(found, request.GET)
    ways = _ways(found, offer, place, making)
    shelf = shelves()[found.shelf]
    context = {
        "sheet": found,
        "card": found.card,
        "offer": offer,
        "making": making,
        "costs_minor": (offer.price_minor if offer else 0) + (making.outcome.surcharge_minor if making else 0),
        "ways": ways,
        "shelf": shelf,
        "above": [shelves()[each] for each in shelf.above],
        "described": _described(request, found, offer),
        "newest": _newest(found),
    }
    return window(request, "storefront/product.html", context)


def _newest(found: Sheet) -> list[dict[str, object]]:
    """The newest opinions, with the moments they were given."""
    said = found.card.opinions["newest"][:SHOWN] if found.card.opinions else []
    return [{**each, "at": datetime.fromisoformat(each["at"])} for each in said]


def _ways(found: Sheet, offer: Offer | None, place: ChosenPlace | None, making: Making | None) -> Choices | None:
    """What can be chosen for this article alone, made so and ordered now."""
    if offer is None or place is None or not offer.pieces or (making and not making.outcome.is_possible):
        return None
    return choices_for(need_of(found, offer, place, making.configured.made if making else None), clock.now())


def _offer(found: Sheet, sku: str) -> Offer | None:
    """The variant asked for, else the cheapest that is there."""
    named = (offer for offer in found.card.offers if offer.sku == sku)
    return next(named, found.card.cheapest)


def _described(request: HttpRequest, found: Sheet, offer: Offer | None) -> SafeString:
    """The product as search engines read it (schema.org), in the page's language, ready for a script element."""
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": text_in(found.card.title),
        "url": request.build_absolute_uri(request.path),
    }
    if found.card.brand:
        said["brand"] = {"@type": "Brand", "name": text_in(found.card.brand)}
    if found.description:
        said["description"] = text_in(found.description)
    if (opinions := found.card.opinions) and opinions["count"]:
        said["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(opinions["stars"] / opinions["count"], 2),
            "reviewCount": opinions["count"],
        }
    if offer:
        said["sku"] = offer.sku
        said["offers"] = {
            "@type": "Offer",
            "price": plain_amount(offer.price_minor, offer.currency),
            "priceCurrency": offer.currency,
            "availability": f"https://schema.org/{'InStock' if offer.pieces else 'OutOfStock'}",
        }
    safe = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(safe)  # noqa: S308 - nothing in it can end the element
