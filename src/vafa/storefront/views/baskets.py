"""The basket's page, and what goes in and out."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vafa.catalog.queries import cards
from vafa.catalog.queries.beside import goes_with
from vafa.catalog.queries.configurations import made_key
from vafa.checkout import actions
from vafa.checkout.models import Basket
from vafa.checkout.queries import summary
from vafa.checkout.queries.baskets import products_in
from vafa.kit import clock
from vafa.kit.fields import plain_number
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.storefront.baskets import basket_name, basket_of, remember_basket
from vafa.storefront.forms import LONGEST
from vafa.storefront.frame import window
from vafa.storefront.making import as_fields, chosen_in, inscriptions_in
from vafa.storefront.places import place_of
from vafa.storefront.views.products import product_page

CHANGES = 120  # a minute from one address
STEPS = {"less": -1, "more": 1}  # the buttons of the kit's quantity


@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """What is in it, how long its prices are promised, what it costs with delivery and when it would be there."""
    mine, place = basket_of(request), place_of(request)
    shown = summary(mine, at=clock.now(), place=place.named if place else "") if mine else None
    if shown is None or not shown.inside.lines:
        return window(request, "storefront/basket.html", {"shown": None})
    return window(request, "storefront/basket.html", {"shown": shown, "basket": mine, "way": shown.way})


@require_safe
def beside(request: HttpRequest) -> HttpResponse:
    """What goes with what is in the basket: a page of its own, of which the basket's page takes a part."""
    name = basket_name(request)
    codes = goes_with(products_in(name)) if name else []
    return window(request, "storefront/goes_with.html", {"cards": cards(codes) if codes else []})


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Put one piece in, once however often this form is sent, and show the basket."""
    limit_changes(request)
    mine, sku, chosen = basket_of(request), request.POST.get("sku", "")[:64], chosen_in(request.POST)
    written = inscriptions_in(request.POST)
    if "look" in request.POST:
        return _to_product(request, request.POST.get("product", ""))
    try:
        key = _key(request, f"{sku}:{made_key(chosen or {}, written)}")
        mine = actions.put(
            mine, sku, key=key, language=the_language(None), chosen=chosen, inscriptions=written, at=clock.now()
        )
    except Problem as problem:
        messages.error(request, str(problem))
        if problem.code in {"impossible", "bad-words"}:
            return _to_product(request, problem.about["product"], problem)
        return _back(request, mine)
    messages.success(request, _("It is in your basket."))
    return _back(request, mine)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Another number of pieces; none takes the article out."""
    limit_changes(request)
    mine, sku = basket_of(request), request.POST.get("sku", "")[:64]
    written = plain_number(request.POST.get("pieces", "")[:LONGEST])
    try:
        if mine is None:
            raise Problem("not-in-basket", _("This is not in your basket."), status=404)
        if not written.isdecimal():
            raise Problem("bad-number", _("Please write a whole number."), status=422)
        made = request.POST.get("made", "")[:24]
        pieces = int(written[:6]) + STEPS.get(request.POST.get("step", ""), 0)
        actions.change(mine, sku, min(max(pieces, 0), 10**5), made=made, at=clock.now())
    except Problem as problem:
        messages.error(request, str(problem))
    return _back(request, mine)


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Prices whose time was over are promised anew, as they are now."""
    limit_changes(request)
    mine = basket_of(request)
    if mine is not None:
        actions.renew_prices(mine, at=clock.now())
    return _back(request, mine)


def _to_product(request: HttpRequest, code: str, problem: Problem | None = None) -> HttpResponse:
    """The product's page with what was chosen, and what is wrong with it beside it. Words that the customer wrote are
    shown at once: in an address they would be read by others.
    """
    if not code or "/" in code:
        return redirect(reverse("storefront:basket"))
    said = {"v": request.POST.get("sku", "")[:64], **as_fields(chosen_in(request.POST) or {})}
    page = reverse("storefront:product", args=[code[:80]])
    if inscriptions_in(request.POST) or (problem and problem.code == "bad-words"):
        shown = {**request.POST.dict(), **said}
        return product_page(request, code[:80], shown, page=page, status=problem.status if problem else 200)
    return redirect(f"{page}?{urlencode(said)}")


def _back(request: HttpRequest, mine: Basket | None) -> HttpResponse:
    response = redirect(reverse("storefront:basket"))
    if mine is not None:
        remember_basket(response, mine, _pieces(mine), secure=request.is_secure())
    return response


def _pieces(mine: Basket) -> int:
    return mine.lines.aggregate(all=Sum("quantity"))["all"] or 0


def _key(request: HttpRequest, sku: str) -> str:
    """Every page that is drawn has a token of its own: the same one again is the same click."""
    token = request.POST.get("csrfmiddlewaretoken", "")
    return hashlib.sha256(f"{token}:{sku}".encode()).hexdigest()


def limit_changes(request: HttpRequest) -> None:
    """Problem `too-many-requests` where one address changes too much in a minute."""
    limit_rate("basket", client_address(request), most=CHANGES, per=timedelta(minutes=1))
