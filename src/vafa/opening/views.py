"""The doors of the first steps, a page a step; each is saved by itself and can be come back to. For owners only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required
from vafa.kit.clock import now
from vafa.kit.problems import Problem, show_in_form
from vafa.opening import actions, queries
from vafa.opening.forms import OneProductForm, PaymentForm, PlaceForm, ShopForm, WaysForm, WeekForm
from vafa.opening.known import first_ware, known_ways, ware_count
from vafa.opening.models import Opening, Step
from vafa.opening.steps import steps_of
from vafa.payments.queries import accounts
from vafa.shop.forms import reader
from vafa.shop.queries import listed_cities, the_shop

PAGE = require_http_methods(["GET", "POST"])
AFTER = dict(zip(Step, [*list(Step)[1:], None], strict=True))


@require_GET
@owner_required
def begin(request: HttpRequest) -> HttpResponse:
    """Where the owner left off."""
    actions.begin(at=now())
    step = queries.next_step(queries.opening_state())
    return redirect(f"opening:{step.value}" if step else "opening:open")


def _row() -> Opening:
    return queries.the_opening() or actions.begin(at=now())


def _page(request: HttpRequest, step: Step, form: BaseForm, save: Callable[[], None], **more: Any) -> HttpResponse:
    """Show the step, or save it and go on; a refusal stands at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return redirect(_after(step))
    return _show(request, step, form=form, **more)


def _show(request: HttpRequest, step: Step, *, form: BaseForm, **more: Any) -> HttpResponse:
    before = list(Step).index(step) - 1
    context = {
        "step": step,
        "steps": steps_of(step),
        "form": form,
        "back": reverse(f"opening:{list(Step)[before].value}") if before >= 0 else "",
        **more,
    }
    return render(request, f"opening/{step.value}.html", context, status=422 if form.errors else 200)


def _after(step: Step) -> str:
    following = AFTER[step]
    return reverse(f"opening:{following.value}" if following else "opening:open")


@PAGE
@owner_required
def shop(request: HttpRequest) -> HttpResponse:
    """Name, languages, money."""
    form = ShopForm(request.POST or None, shop=the_shop())
    return _page(request, Step.SHOP, form, lambda: actions.save_shop(**form.settings(), at=now()))


@PAGE
@owner_required
def place(request: HttpRequest) -> HttpResponse:
    """Country, city, zone."""
    form = PlaceForm(request.POST or None, shop=the_shop(), opening=_row())
    more = {"zones": sorted(available_timezones()), "cities": listed_cities(reader())}
    return _page(request, Step.PLACE, form, lambda: actions.save_place(**form.cleaned_data, at=now()), **more)


@PAGE
@owner_required
def hours(request: HttpRequest) -> HttpResponse:
    """Working days, cut-off, holidays."""
    form = WeekForm(request.POST or None, shop=the_shop(), opening=_row())
    return _page(request, Step.HOURS, form, lambda: actions.save_hours(**form.cleaned_data, at=now()))


@PAGE
@owner_required
def products(request: HttpRequest) -> HttpResponse:
    """A table of products is given to its own page; one product is added here."""
    form = OneProductForm(request.POST or None, shop=the_shop())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.sell_one(title=said["title"], price_minor=said["price"], pieces=said["pieces"], at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("“%(title)s” is in the shop.") % {"title": said["title"]})
            return redirect("opening:products")
    more = {
        "most": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
        "count": ware_count(),
        "following": _after(Step.PRODUCTS),
    }
    return _show(request, Step.PRODUCTS, form=form, **more)


@PAGE
@owner_required
def delivery(request: HttpRequest) -> HttpResponse:
    """Post, courier, collection."""
    row = _row()
    form = WaysForm(request.POST or None, shop=the_shop(), known=known_ways())

    def save() -> None:
        actions.save_ways(form.offered(), address=form.cleaned_data["address"], at=now())

    return _page(request, Step.DELIVERY, form, save, city=row.city)


@PAGE
@owner_required
def payment(request: HttpRequest) -> HttpResponse:
    """Cash, transfer, gateways, trial payment."""
    form = PaymentForm(request.POST or None, shop=the_shop(), present={each.kind for each in accounts()})
    return _page(request, Step.PAYMENT, form, lambda: actions.save_payment(form.ways(), at=now()))


@require_GET
@owner_required
def opened(request: HttpRequest) -> HttpResponse:
    """What is there, what is missing, what comes next."""
    states = queries.opening_state()
    context = {
        "steps": steps_of(None),
        "missing": [each for each in steps_of(None) if not each.is_done],
        "is_open": all(each.is_done for each in states),
        "ware": first_ware(),
        "has_messages": queries.has_message_gateway(),
        "has_order": queries.has_order(),
        "tries": any(each.kind == "sandbox" and each.enabled for each in accounts()),
    }
    return render(request, "opening/open.html", context)


@require_POST
@owner_required
def later(request: HttpRequest, step: str) -> HttpResponse:
    """Put a step off and go on."""
    if step not in Step.values:
        raise Http404
    actions.put_off(Step(step), at=now())
    return redirect(_after(Step(step)))


@require_POST
@owner_required
def dismiss(request: HttpRequest) -> HttpResponse:
    """No more of it; the page with everything stays where it is."""
    actions.dismiss(at=now())
    messages.success(request, _("Your first steps are no longer shown here. They stay at /first-steps/."))
    return redirect("console:home")
