"""Home, shelves, search: products in lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from vafa.catalog.actions import remember_miss
from vafa.catalog.queries import Asked, Page, Shelf, find, guide_to, shelves, suggestions
from vafa.kit import clock
from vafa.kit.formats import money_unit
from vafa.kit.http import client_address, limit_rate
from vafa.shop.queries import the_shop
from vafa.storefront.forms import LONGEST, FindForm
from vafa.storefront.frame import window

SHORTEST_SUGGESTED = 2
MINUTE = timedelta(minutes=1)
MOST_SEARCHES, MOST_SUGGESTIONS, MOST_MISSED = 120, 300, 20  # of one client in a minute


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest products, and the way to every shelf."""
    page = find(Asked(there_only=True))
    return window(request, "storefront/home.html", {"page": page, "below": _ways_in(page)})


@require_safe
def shelf(request: HttpRequest, code: str) -> HttpResponse:
    """What lies on one shelf and below it."""
    here = shelves().get(code)
    if here is None:
        raise Http404
    context = _listing(request, here)
    return window(
        request, "storefront/shelf.html", {**context, "shelf": here, "above": _path(here), "guide": guide_to(here)[0]}
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for the words typed; what nothing is found for can be told to the shop by the page's form."""
    limit_rate("search", client_address(request), most=MOST_SEARCHES, per=MINUTE)
    context = _listing(request, None)
    page: Page = context["page"]
    context["is_missed"] = _is_missed(context)
    context["is_noted"] = "noted" in request.GET
    if not page.total:
        context["instead"] = find(Asked(there_only=True)).cards[:6]
    return window(request, "storefront/search.html", context)


@require_POST
def missed(request: HttpRequest) -> HttpResponse:
    """Words for which nothing is found are kept for the staff. The page sends them by itself where scripts run."""
    limit_rate("missed", client_address(request), most=MOST_MISSED, per=MINUTE)
    words = request.POST.get("q", "").replace("\x00", "")[:LONGEST]
    page = find(Asked(words=words)) if words.strip() else None
    is_noted = page is not None and page.is_ready and not page.total
    if is_noted:
        remember_miss(words, at=clock.now())
    if "HX-Request" in request.headers:
        return render(request, "storefront/_missed.html", {"is_noted": is_noted})
    noted = {"noted": "1"} if is_noted else {}
    return redirect(f"{reverse('storefront:search')}?{urlencode({'q': words, **noted})}")


def _is_missed(context: dict[str, Any]) -> bool:
    """Whether nothing in the whole shop has these words; not while the index has still to be made."""
    page: Page = context["page"]
    return bool(context["asked"].words) and page.is_ready and not page.total and not context["is_narrowed"]


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """A few products while somebody types, as a list to be put below the box."""
    limit_rate("suggest", client_address(request), most=MOST_SUGGESTIONS, per=MINUTE)
    typed = request.GET.get("q", "")[:LONGEST]
    cards = suggestions(typed) if len(typed.strip()) >= SHORTEST_SUGGESTED else []
    return render(request, "storefront/_suggestions.html", {"cards": cards, "typed": typed})


def _listing(request: HttpRequest, here: Shelf | None) -> dict[str, Any]:
    form = FindForm(request.GET)
    unit, minor_in_one = money_unit(the_shop().currency)
    wanted = request.GET.get("shelf", "") if here is None else here.code
    asked = form.asked(shelf=wanted if wanted in shelves() else "", minor_in_one=minor_in_one)
    page = find(asked, number=form.number)
    plain = Asked(words=asked.words, shelf=here.code if here else "", sorting=asked.sorting)
    return {
        "form": form,
        "asked": asked,
        "page": page,
        "unit": unit,
        "below": _below(asked.shelf, page),
        "chosen_shelf": shelves().get(asked.shelf),
        "is_narrowed": replace(asked, sorting=plain.sorting) != plain,
        "next_page": None if page.is_last else page.number + 1,
        "previous_page": page.number - 1,
    }


def _below(code: str, page: Page) -> list[tuple[Shelf, int]]:
    """The shelves right below one that hold something, and how many products each."""
    many = {shelf: count for shelf, _name, count in page.shelves}
    below = (shelf for shelf in shelves().values() if shelf.above[-1:] == ((code,) if code else ()))
    return [(shelf, many[shelf.code]) for shelf in below if shelf.code in many]


def _ways_in(page: Page) -> list[tuple[Shelf, int]]:
    """The shelves at the top, each opened where it has shelves of its own: few shops have more than a handful."""
    return [way for top in _below("", page) for way in _below(top[0].code, page) or [top]]


def _path(here: Shelf) -> list[Shelf]:
    return [shelves()[code] for code in here.above]
