"""A product as search engines read it (schema.org): what it is, what it costs, when it is there, what buyers say.

Times of delivery are our own promises: `handlingTime` are the days until it can be packed, `transitTime` the days from
then on, and the longest of both together are the date that the page promises.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from vafa.catalog.models.products import Opinions, OpinionShown
from vafa.catalog.queries import Offer, Sheet
from vafa.delivery.option_kinds import POINTS
from vafa.delivery.queries.choices import Choice, Choices, Need
from vafa.delivery.queries.quoting import packed_from
from vafa.kit.formats import plain_amount, text_in
from vafa.kit.formats.dates import local_day
from vafa.shop.queries import the_shop
from vafa.storefront.places import ChosenPlace

Json = dict[str, object]
SCHEMA = "https://schema.org"


@dataclass(frozen=True)
class Sold:
    """What is offered on the page: an article, its price with what was chosen, and how it comes to the place asked."""

    offer: Offer
    costs_minor: int
    need: Need | None = None
    ways: Choices | None = None
    place: ChosenPlace | None = None


def structured(found: Sheet, sold: Sold | None, *, url: str, at: datetime) -> SafeString:
    """The product in the page's language, ready for a script element that holds data."""
    said: Json = {"@context": SCHEMA, "@type": "Product", "name": text_in(found.card.title), "url": url}
    if found.card.brand:
        said["brand"] = {"@type": "Brand", "name": text_in(found.card.brand)}
    if found.description:
        said["description"] = text_in(found.description)
    if (opinions := found.card.opinions) and opinions["count"]:
        said["aggregateRating"] = _rating(opinions)
        if reviews := [_review(each) for each in opinions["newest"] if each["name"]]:
            said["review"] = reviews
    if sold is not None:
        said["sku"] = sold.offer.sku
        said["offers"] = _offer(sold, url, at)
    safe = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(safe)  # noqa: S308 - nothing in it can end the element


def _rating(opinions: Opinions) -> Json:
    """Only who bought it gives stars here."""
    mean = round(opinions["stars"] / opinions["count"], 2)
    return {"@type": "AggregateRating", "ratingValue": mean, "reviewCount": opinions["count"]}


def _review(said: OpinionShown) -> Json:
    return {
        "@type": "Review",
        "author": {"@type": "Person", "name": said["name"]},
        "datePublished": said["at"][:10],
        "reviewBody": said["text"],
        "reviewRating": {"@type": "Rating", "ratingValue": said["stars"], "bestRating": 5},
    }


def _offer(sold: Sold, url: str, at: datetime) -> Json:
    offer = sold.offer
    said: Json = {
        "@type": "Offer",
        "url": url,
        "price": plain_amount(sold.costs_minor, offer.currency),
        "priceCurrency": offer.currency,
        "availability": f"{SCHEMA}/{'InStock' if offer.pieces else 'OutOfStock'}",
    }
    if not offer.pieces and offer.back_on and offer.back_on > local_day(at):
        said["availabilityStarts"] = offer.back_on.isoformat()
    if shipping := list(_shipping(sold, at)):
        said["shippingDetails"] = shipping
    return said


def _shipping(sold: Sold, at: datetime) -> Iterable[Json]:
    """Every way to the door of which price and date are known."""
    if sold.ways is None or sold.need is None or sold.place is None:
        return
    ready = (local_day(packed_from(sold.need.asked(), at)) - local_day(at)).days
    where: Json = {"@type": "DefinedRegion"}
    known = {"addressCountry": the_shop().holiday_country, "addressRegion": sold.place.region}
    where |= {name: value for name, value in known.items() if value}
    for way in sold.ways.offered:
        if way.price_minor is not None and way.kind not in POINTS:
            yield {
                "@type": "OfferShippingDetails",
                "shippingRate": {
                    "@type": "MonetaryAmount",
                    "value": plain_amount(way.price_minor, sold.offer.currency),
                    "currency": sold.offer.currency,
                },
                "shippingDestination": where,
                "deliveryTime": _time(way, ready, at),
            }


def _time(way: Choice, ready: int, at: datetime) -> Json:
    today, answer = local_day(at), way.answer
    latest = max(((answer.promised_on or today) - today).days, ready)
    soonest = min(max(((answer.earliest or answer.promised_on or today) - today).days, ready), latest)
    return {
        "@type": "ShippingDeliveryTime",
        "handlingTime": _days(ready, ready),
        "transitTime": _days(soonest - ready, latest - ready),
    }


def _days(least: int, most: int) -> Json:
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY"}
