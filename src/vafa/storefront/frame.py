"""What every page of the window shows around itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vafa.catalog.queries import Shelf, shelves
from vafa.shop.models import InfoPage
from vafa.storefront.baskets import pieces_in
from vafa.storefront.places import place_of


def window(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page in its frame: the top shelves, the place chosen, the words searched for."""
    around = {
        "top_shelves": top_shelves(),
        "place": place_of(request),
        "words": request.GET.get("q", ""),
        "in_basket": pieces_in(request),
        "info_pages": InfoPage,
    }
    return render(request, template, {**around, **context}, status=status)


def top_shelves() -> list[Shelf]:
    return [shelf for shelf in shelves().values() if not shelf.above]
