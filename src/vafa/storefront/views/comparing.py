"""Up to four products side by side; the address holds them, so that it can be sent to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vafa.catalog.queries import Asked, Card, Sheet, find, sheets
from vafa.delivery.queries.choices import Choices, choices_for_each
from vafa.kit import clock
from vafa.storefront.comparing import MOST, compared_lines
from vafa.storefront.frame import window
from vafa.storefront.needs import need_of
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
            (sheet, ways, _address([code for code in codes if code != sheet.card.code]))
            for sheet, ways in zip(chosen, _ways(chosen, place), strict=True)
        ],
        "lines": compared_lines(chosen),
        "others": [(card, _address([*codes, card.code])) for card in _others(chosen)] if len(chosen) < MOST else [],
        "too_many": len(asked) > MOST,
    }
    return window(request, "storefront/compare.html", context)


def _ways(chosen: Sequence[Sheet], place: ChosenPlace | None) -> list[Choices | None]:
    """How the cheapest of each comes to the visitor; None for what is not there."""
    needs = {}
    for sheet in chosen:
        offer = sheet.card.cheapest
        if offer is not None and place is not None and offer.pieces:
            needs[sheet.card.code] = need_of(sheet, offer, place)
    found = dict(zip(needs, choices_for_each(list(needs.values()), clock.now()), strict=True))
    return [found.get(sheet.card.code) for sheet in chosen]


def _others(chosen: Sequence[Sheet]) -> list[Card]:
    taken = {sheet.card.code for sheet in chosen}
    found = find(Asked(shelf=chosen[0].shelf if chosen else "", there_only=True)).cards
    return [card for card in found if card.code not in taken][:OTHERS]


def _address(codes: Sequence[str]) -> str:
    return f"{reverse('storefront:compare')}?{urlencode([('p', code) for code in codes])}"
