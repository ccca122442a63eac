"""The way from the basket to the order: address, delivery, paying. Each page can be gone back to and changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vafa.checkout import actions
from vafa.checkout.models import Basket, Purchase, PurchaseState
from vafa.checkout.queries import payable_by, standing_purchase, summary
from vafa.checkout.queries.alternatives import alternatives, lost_day, lost_window
from vafa.checkout.queries.changes import LONGEST, changes
from vafa.checkout.queries.links import purchase_word
from vafa.checkout.queries.summary import Summary
from vafa.customers.queries import contact_points
from vafa.delivery.queries.places import destination_of, nearest
from vafa.kit import clock
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.shop.queries import city_names, place_name, the_shop
from vafa.storefront.baskets import any_basket_of, basket_of
from vafa.storefront.customer import customer_of
from vafa.storefront.details import AddressForm, ConsentForm
from vafa.storefront.frame import window
from vafa.storefront.places import place_of
from vafa.storefront.views.baskets import limit_changes

GONE = gettext_lazy("The time you chose is taken by now. Please choose another.")
POINT_GONE = gettext_lazy("There is no place left at that point on the day you chose. Below is its next day.")
FIELDS = {"sms": "phone", "email": "email"}


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Who gets it, where, and how he is reached. No account is needed."""
    mine = basket_of(request)
    if (other := _elsewhere(mine)) is not None or mine is None:
        return other or redirect("storefront:basket")
    if request.method != "POST":
        return _address_page(request, mine, AddressForm(initial=_first_said(request, mine)))
    limit_changes(request)
    form = AddressForm(request.POST)
    near = _near_names(form)
    if not form.is_valid():
        return _address_page(request, mine, form, near)
    try:
        person = customer_of(request)
        actions.say(mine, {**form.cleaned_data, "customer_ref": person.ref if person else ""}, at=clock.now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return _address_page(request, mine, form)
    return redirect("storefront:checkout-delivery")


@require_POST
def postal(request: HttpRequest) -> HttpResponse:
    """The field of the postal code for the country that is chosen, with what is wrong with what stands in it; nothing
    is written. Without scripts it follows once the page is sent.
    """
    said = {"country": _text(request, "country", 2), "postal_code": _text(request, "postal_code", 20)}
    form = AddressForm(said) if said["postal_code"].strip() else AddressForm(initial=said)
    return render(request, "storefront/_postal.html", {"form": form})


def _near_names(form: AddressForm) -> list[str]:
    """For a city that nobody knows: the refusal at its field, and the known names that may have been meant."""
    city = form.cleaned_data.get("city", "") if form.is_bound and form.is_valid() else ""
    if not city:
        return []
    try:
        destination_of(city)
    except Problem as unknown:
        form.add_error("city", str(unknown))
        return nearest(city)
    return []


def _address_page(request: HttpRequest, mine: Basket, form: AddressForm, near: Sequence[str] = ()) -> HttpResponse:
    context = {
        "form": form,
        "step": 1,
        "cities": city_names(the_language(None)),
        "shown": _shown(request, mine),
        "near": near,
    }
    return window(request, "storefront/checkout_address.html", context, status=422 if form.errors else 200)


def _first_said(request: HttpRequest, mine: Basket) -> dict[str, Any]:
    """What was said before; the first time the place that was remembered and the shop's country."""
    place = place_of(request)
    known = {"country": the_shop().holiday_country}
    if (person := customer_of(request)) is not None:
        known["name"] = person.name
        known |= {FIELDS[each.channel]: each.address for each in contact_points(person) if each.channel in FIELDS}
    if place is not None:
        language = the_language(None)
        known |= {"city": place_name(place.city, language), "region": place_name(place.region, language)}
    return {**known, **mine.said}


@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest) -> HttpResponse:
    """How it comes, with the honest date and the cost of each way; a voucher."""
    mine = basket_of(request)
    if (other := _elsewhere(mine)) is not None or mine is None:
        return other or redirect("storefront:basket")
    if not mine.said.get("name"):
        return redirect("storefront:checkout")
    if request.method == "POST":
        limit_changes(request)
        names = ("option", "slot", "point", "voucher")
        actions.say(mine, {name: _text(request, name) for name in names}, at=clock.now())
        if "look" not in request.POST and _is_whole(request, mine):
            return redirect("storefront:checkout-pay")
        return redirect("storefront:checkout-delivery")
    shown = _shown(request, mine)
    context = {"shown": shown, "choices": shown.choices, "chosen": mine.said, "step": 2, "said": mine.said}
    return window(request, "storefront/checkout_delivery.html", context)


def _is_whole(request: HttpRequest, mine: Basket) -> bool:
    shown = _shown(request, mine)
    if shown.voucher_problem:
        return False
    if shown.way is not None and shown.way.is_whole:
        if shown.way.point is not None:  # by the day that was shown with the point it is seen later whether it is gone
            actions.say(mine, {"held": shown.way.held}, at=clock.now())
        return True
    messages.error(request, _missing(shown))
    return False


def _missing(shown: Summary) -> str:
    """What is still to be chosen of the way it comes."""
    if shown.way is not None and shown.way.choice.needs_slot:
        return _("Please choose a time.")
    if shown.way is not None and shown.way.choice.needs_point:
        return _("Please choose where you collect it.")
    return _("Please choose how it shall come to you.")


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest) -> HttpResponse:
    """Everything once more, with what the customer agrees to; then the order."""
    mine = any_basket_of(request)
    if (other := _elsewhere(mine)) is not None or mine is None:
        return other or redirect("storefront:basket")
    if not mine.said.get("name"):
        return redirect("storefront:checkout")
    shown = _shown(request, mine)
    if lost_window(shown, mine.said):
        return _pay_page(request, mine, shown, Problem("slot-full", GONE, status=409, field="slot"))
    if shown.way is None or not shown.way.is_whole:
        return redirect("storefront:checkout-delivery")
    if request.method == "POST":
        return _submit(request, mine)
    is_late = lost_day(shown, mine.said) is not None
    return _pay_page(
        request, mine, shown, Problem("slot-full", POINT_GONE, status=409, field="slot") if is_late else None
    )


def _pay_page(request: HttpRequest, mine: Basket, shown: Summary, problem: Problem | None = None) -> HttpResponse:
    """With a problem: what has changed since the page that was sent, and what can be had instead of a full window, of
    which nothing can be ordered here before another one is chosen, or of a full day at a point.
    """
    is_gone = problem is not None and (problem.field == "slot" or lost_day(shown, mine.said) is not None)
    agreed = _text(request, "agreed", LONGEST) if problem and problem.code == "changed" else ""
    ways = payable_by(shown.total_minor, shown.inside.currency)
    context = {
        "shown": shown,
        "way": shown.way,
        "said": mine.said,
        "ways": ways,
        "paid_by": mine.said.get("way") or (ways[0].code if ways else ""),
        "form": ConsentForm(initial=dict.fromkeys(mine.said.get("consents", []), True)),
        "problem": problem,
        "changes": changes(agreed, shown) if agreed else [],
        "instead": alternatives(shown, mine.said) if is_gone else [],
        "can_order": shown.way is not None and shown.way.is_whole and not lost_window(shown, mine.said),
        "step": 3,
    }
    return window(request, "storefront/checkout_pay.html", context, status=problem.status if problem else 200)


def _submit(request: HttpRequest, mine: Basket) -> HttpResponse:
    limit_changes(request)
    at, form = clock.now(), ConsentForm(request.POST)
    form.is_valid()
    consents = [name for name, given in form.cleaned_data.items() if given]
    try:
        actions.say(mine, {"way": _text(request, "way"), "consents": consents}, at=at)
        purchase = actions.submit(mine, agreed=_text(request, "agreed", LONGEST), at=at)
        done = reverse("storefront:checkout-done", args=[purchase_word(purchase)])
        there = actions.begin_payment(purchase, back_url=done, at=at)
    except Problem as problem:
        mine.refresh_from_db()
        if (other := _elsewhere(mine)) is not None:  # the other click was faster
            return other
        return _pay_page(request, mine, _shown(request, mine), problem)
    return redirect(there or done)


@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """The customer does not pay after all: the basket can be changed again."""
    mine = any_basket_of(request)
    purchase = standing_purchase(mine) if mine else None
    if purchase is not None and purchase.state == PurchaseState.WAITING:
        actions.cancel_purchase(purchase, at=clock.now())
    return redirect("storefront:basket")


def _elsewhere(mine: Basket | None) -> HttpResponse | None:
    """Where a basket belongs of which a purchase came already."""
    purchase: Purchase | None = standing_purchase(mine) if mine is not None and mine.state != "open" else None
    return None if purchase is None else redirect("storefront:checkout-done", purchase_word(purchase))


def _shown(request: HttpRequest, mine: Basket) -> Summary:
    place = place_of(request)
    return summary(mine, at=clock.now(), place=place.named if place else "")


def _text(request: HttpRequest, name: str, longest: int = 120) -> str:
    return request.POST.get(name, "").replace("\x00", "")[:longest]
