"""Pages on which a customer chooses another window, another point or another address for his order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vafa.delivery.actions.moving import move
from vafa.delivery.queries.elsewhere import Elsewhere
from vafa.delivery.queries.moving import Movable, movable
from vafa.fulfilment.actions.elsewhere import Agreed, look_elsewhere, send_elsewhere
from vafa.fulfilment.queries.money import is_paid
from vafa.kit.clock import now
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.orders.queries import recipient_of
from vafa.shop.queries import city_names
from vafa.storefront.customer import OpenOrder, order_page
from vafa.storefront.details import ElsewhereForm
from vafa.storefront.frame import window
from vafa.storefront.signing_in import QUARTER

MOST = 40  # changes by one client in a quarter of an hour
FIELDS = ("city", "region", "street", "postal_code", "note")


@require_http_methods(["GET", "HEAD", "POST"])
@order_page
def other_window(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """Another window or point, from what is left of each."""
    found = movable(door.order.number, now())
    if found is None:
        return redirect(door.address(""))
    if request.method != "POST":
        return _window_page(request, door, found)
    limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
    try:
        move(order=door.order.number, slot=_slot_named(request, found), at=now())
    except Problem as problem:
        still = movable(door.order.number, now()) or found
        return _window_page(request, door, still, problem)
    messages.success(request, _("Changed as you asked. A message confirms it."))
    return redirect(door.address(""))


def _slot_named(request: HttpRequest, found: Movable) -> str:
    """The slot that is meant: a window by its name, a point by its code."""
    if not found.is_point:
        return request.POST.get("slot", "")[:120]
    chosen = request.POST.get("point", "")
    return next((point.slot for point in found.points if point.code == chosen), "")


def _window_page(request: HttpRequest, door: OpenOrder, found: Movable, problem: Problem | None = None) -> HttpResponse:
    context = {"door": door, "movable": found, "chosen": {"slot": found.now.id}, "problem": problem,
               "back": door.address("")}  # fmt: skip
    return window(request, "storefront/order_window.html", context, status=problem.status if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@order_page
def other_place(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """Another address: first what it means for date and cost, then, sent once more, it is so."""
    to = recipient_of(door.order)
    if to is None:
        return redirect(door.address(""))
    if request.method != "POST":
        first = {name: getattr(to, name) for name in FIELDS}
        return _place_page(request, door, ElsewhereForm(initial=first, country=to.country))
    limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
    form = ElsewhereForm(request.POST, country=to.country)
    if not form.is_valid():
        return _place_page(request, door, form, status=422)
    try:
        agreed = request.POST.get("agreed", "")
        if not agreed:
            found = look_elsewhere(door.order, form.cleaned_data, at=now())
            return _place_page(request, door, form, found)
        send_elsewhere(door.order, form.cleaned_data, Agreed(agreed), at=now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return _place_page(request, door, form, status=problem.status)
    messages.success(request, _("Changed as you asked. A message confirms it."))
    return redirect(door.address(""))


def _place_page(
    request: HttpRequest, door: OpenOrder, form: ElsewhereForm, found: Elsewhere | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "door": door,
        "form": form,
        "found": found,
        "is_paid": found is not None and is_paid(door.order),
        "cities": city_names(the_language(None)),
        "back": door.address(""),
        "report": door.address("report"),
    }
    return window(request, "storefront/order_elsewhere.html", context, status=status)
