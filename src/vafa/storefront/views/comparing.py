"""Up to four products side by side; the address holds them, so that it can be sent to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vafa.catalog.queries import Asked, Card, Sheet, find, sheets
from vafa.delivery.queries.ways import Ways, ways_to
from vafa.storefront.comparing import MOST, compared_lines
from vafa.storefront.frame import window
from vafa.storefront.places import ChosenPlace, place_of

OTHERS = 6


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What differs between them, with the date of each; further ones of the first one's shelf to put beside them."""
    asked = list(dict.fromkeys(request.GET.getlist("p")))
    chosen = sheets(asked[:MOST])
    codes = [sheet.card.code for sheet in chosen]
    place = place_of(request)
    context = {
        "compared": [
            (sheet, _best(sheet, place), _address([code for code in codes if code != sheet.card.code]))
            for sheet in chosen
        ],
        "lines": compared_lines(chosen),
        "others": [(card, _address([*codes, card.code])) for card in _others(chosen)] if len(chosen) < MOST else [],
        "too_many": len(asked) > MOST,
    }
    return window(request, "storefront/compare.html", context)


def _best(sheet: Sheet, place: ChosenPlace | None) -> Ways | None:
    offer = sheet.card.cheapest
    if offer is None or place is None or not offer.pieces:
        return None
    return ways_to(place.named, weight_g=sheet.weight_g, price_minor=offer.price_minor, category=sheet.shelf)


def _others(chosen: Sequence[Sheet]) -> list[Card]:
    taken = {sheet.card.code for sheet in chosen}
    found = find(Asked(shelf=chosen[0].shelf if chosen else "", there_only=True)).cards
    return [card for card in found if card.code not in taken][:OTHERS]


def _address(codes: Sequence[str]) -> str:
    return f"{reverse('storefront:compare')}?{urlencode([('p', code) for code in codes])}"
