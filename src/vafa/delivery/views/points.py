"""Pick-up points, prices by rule, festivals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required
from vafa.delivery.actions.points import (
    add_festival,
    add_price,
    drop_festival,
    drop_price,
    save_point,
    show_festivals,
)
from vafa.delivery.festival_names import NAMES
from vafa.delivery.forms.choosing import FestivalForm, FestivalsForm, PointForm, PriceForm
from vafa.delivery.models import DeliveryOption, DeliveryPrice, Festival, PickupPoint
from vafa.delivery.option_kinds import POINTS
from vafa.delivery.queries import calendar
from vafa.delivery.queries.festivals import festivals_ahead, known_festivals, shown_codes
from vafa.kit import clock
from vafa.kit.form_page import form_page
from vafa.kit.formats import text_in
from vafa.shop.queries import the_shop

A_YEAR = 400


@require_GET
@owner_required
def points(request: HttpRequest) -> HttpResponse:
    """All of them."""
    context = {"points": calendar.every_point(), "options": calendar.options_with(POINTS)}
    return render(request, "delivery/points.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
def new_point(request: HttpRequest) -> HttpResponse:
    """Another one."""
    return _point_page(request, PointForm(request.POST or None, offered=calendar.options_with(POINTS)), _("New point"))


@require_http_methods(["GET", "POST"])
@owner_required
def point(request: HttpRequest, code: str) -> HttpResponse:
    """One of them."""
    there = get_object_or_404(PickupPoint.objects.select_related("option"), code=code)
    form = PointForm(request.POST or None, offered=calendar.options_with(POINTS), initial=_initial(there))
    form.fields["code"].disabled = True
    return _point_page(request, form, text_in(there.name) or there.code)


def _point_page(request: HttpRequest, form: PointForm, title: str) -> HttpResponse:
    def save() -> str:
        save_point(form.cleaned_data["code"], **form.terms())
        return reverse("delivery:points")

    return form_page(request, form, save, title=title, back=reverse("delivery:points"))


def _initial(there: PickupPoint) -> dict[str, Any]:
    return {
        "code": there.code,
        "option": there.option.code,
        **{f"name_{language}": text for language, text in there.name.items()},
        "city": there.city,
        **{f"address_{language}": text for language, text in there.address.items()},
        "capacity": there.capacity,
        "closed_on": there.closed_on,
        "keeps_holidays": there.keeps_holidays,
        "position": there.position,
        "active": there.active,
        **{f"day_{day}": there.week.get(str(day), []) for day in range(7)},
    }


@require_http_methods(["GET", "POST"])
@owner_required
def prices(request: HttpRequest, code: str) -> HttpResponse:
    """The rules of one option's price, and one more."""
    option = get_object_or_404(DeliveryOption, code=code)
    form = PriceForm(request.POST or None, shop=the_shop())
    here = reverse("delivery:prices", args=[code])

    def save() -> str:
        add_price(option, **form.terms())
        return here

    rules = DeliveryPrice.objects.filter(option=option)
    return form_page(
        request, form, save, template="delivery/prices.html", title=text_in(option.name) or code,
        back=reverse("delivery:options"), option=option, rules=rules,
    )  # fmt: skip


@require_POST
@owner_required
def drop_rule(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A rule counts no more."""
    drop_price(get_object_or_404(DeliveryPrice, pk=number, option__code=code))
    messages.success(request, _("Removed."))
    return redirect("delivery:prices", code=code)


@require_http_methods(["GET", "POST"])
@owner_required
def festivals(request: HttpRequest) -> HttpResponse:
    """Which festivals customers are told about, and when they are."""
    form = FestivalsForm(request.POST or None, initial={"shown": shown_codes()})

    def save() -> str:
        show_festivals({code: code in form.cleaned_data["shown"] for code in NAMES})
        return reverse("delivery:festivals")

    own = [each for each in known_festivals() if each.day is not None]
    ahead = festivals_ahead(clock.now(), within_days=A_YEAR)
    return form_page(
        request, form, save, template="delivery/festivals.html", title=_("Festivals"),
        back=reverse("delivery:festivals"), own=own, ahead=ahead,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@owner_required
def new_festival(request: HttpRequest) -> HttpResponse:
    """A day of the shop's own."""
    form = FestivalForm(request.POST or None)

    def save() -> str:
        add_festival(form.cleaned_data["code"], name=form.texts(), day=form.cleaned_data["day"])
        return reverse("delivery:festivals")

    return form_page(request, form, save, title=_("A day of your own"), back=reverse("delivery:festivals"))


@require_POST
@owner_required
def drop_day(request: HttpRequest, code: str) -> HttpResponse:
    """Nobody is told about it any more."""
    drop_festival(get_object_or_404(Festival, code=code, day__isnull=False))
    messages.success(request, _("Removed."))
    return redirect("delivery:festivals")
