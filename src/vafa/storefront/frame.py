"""What every page of the window shows around itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from vafa.catalog.queries import Shelf, shelves
from vafa.kit.formats.preferences import the_language
from vafa.shop.models import InfoPage
from vafa.shop.queries import remembered, the_shop
from vafa.storefront.baskets import pieces_in
from vafa.storefront.places import place_of
from vafa.visits.beacon import is_measured
from vafa.visits.models import PageKind

KINDS = {
    "home": PageKind.HOME,
    "shelf": PageKind.SHELF,
    "search": PageKind.SEARCH,
    "product": PageKind.PRODUCT,
    "basket": PageKind.BASKET,
    "checkout": PageKind.CHECKOUT,
    "checkout-delivery": PageKind.CHECKOUT,
    "checkout-pay": PageKind.CHECKOUT,
    "checkout-done": PageKind.DONE,
    "info": PageKind.INFO,
}


def window(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page in its frame: the top shelves, the place chosen, the words searched for."""
    around = {
        "top_shelves": top_shelves(),
        "place": place_of(request),
        "here": request.get_full_path(),
        "words": request.GET.get("q", ""),
        "in_basket": pieces_in(request),
        "measured": page_kind(request) if is_measured(request) else "",
        "foot": foot(),
    }
    return render(request, template, {**around, **context}, status=status)


def foot() -> str:
    """The foot of every page, drawn once in a language: its links are a third of those on a page of the window."""
    context = {"shop": the_shop(), "info_pages": InfoPage}
    return remembered(
        f"storefront.foot.{the_language(None)}", lambda: render_to_string("storefront/_foot.html", context)
    )


def top_shelves() -> list[Shelf]:
    return [shelf for shelf in shelves().values() if not shelf.above]


def page_kind(request: HttpRequest) -> str:
    """Which kind of page this is, for what visitors' browsers measure of it."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    is_own = name.startswith(("my", "order", "code"))
    return KINDS.get(name, PageKind.OWN if is_own else PageKind.OTHER).value
