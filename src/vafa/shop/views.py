"""The owner's settings, a page for each part."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vafa.kit.access import owner_required
from vafa.kit.clock import now
from vafa.kit.problems import Problem, show_in_form
from vafa.shop import actions, queries
from vafa.shop.forms import GeneralForm, HolidaysForm, HoursForm, PageTextForm, PlaceNamesForm, StatedTimesForm, reader
from vafa.shop.models import InfoPage
from vafa.shop.options import offered_options

UNNAMED = 12


def _saved(request: HttpRequest, form: BaseForm) -> bool:
    """Whether the form was sent, was right, and is saved now."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        actions.save_settings(**form.cleaned_data)
    except Problem as refused:
        show_in_form(refused, form)
        return False
    messages.success(request, _("Saved."))
    return True


@require_http_methods(["GET", "POST"])
@owner_required
def general(request: HttpRequest) -> HttpResponse:
    """Name, zone, languages, money, caution."""
    form = GeneralForm(request.POST or None, shop=queries.the_shop())
    if _saved(request, form):
        return redirect("shop:settings")
    context = {"form": form, "zones": sorted(available_timezones()), "cities": queries.city_names(reader())}
    return render(request, "shop/general.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def hours(request: HttpRequest) -> HttpResponse:
    """The working week and the cut-off."""
    form = HoursForm(request.POST or None, shop=queries.the_shop())
    if _saved(request, form):
        return redirect("shop:hours")
    return render(request, "shop/hours.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def holidays(request: HttpRequest) -> HttpResponse:
    """The country's holidays and the shop's own."""
    today = queries.working_calendar().local_day(now())
    form = HolidaysForm(request.POST or None, shop=queries.the_shop(), today=today)
    if _saved(request, form):
        return redirect("shop:holidays")
    return render(request, "shop/holidays.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def stated_times(request: HttpRequest) -> HttpResponse:
    """What the owner believes about delivery times."""
    rows: Any = StatedTimesForm(
        request.POST or None,
        initial=queries.the_shop().stated_times,
        prefix="row",
        form_kwargs={"options": offered_options()},
    )
    if request.method == "POST" and rows.is_valid():
        actions.save_settings(stated_times=rows.rows())
        messages.success(request, _("Saved."))
        return redirect("shop:stated-times")
    return render(request, "shop/stated_times.html", {"rows": rows}, status=422 if rows.is_bound else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def place_names(request: HttpRequest) -> HttpResponse:
    """What cities and regions are called in each language, and which spellings mean one place."""
    rows: Any = PlaceNamesForm(request.POST or None, initial=queries.the_shop().place_names, prefix="row")
    if request.method == "POST" and rows.is_valid():
        actions.save_settings(place_names=rows.rows())
        messages.success(request, _("Saved."))
        return redirect("shop:place-names")
    context = {"rows": rows, "unnamed": queries.unnamed_places(UNNAMED)}
    return render(request, "shop/place_names.html", context, status=422 if rows.is_bound else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def page_texts(request: HttpRequest, page: str = InfoPage.DELIVERY) -> HttpResponse:
    """The owner's own words on the pages about delivery, returns, privacy …"""
    if page not in InfoPage.values:
        raise Http404
    form = PageTextForm(request.POST or None, texts=queries.page_texts().get(page, {}))
    if request.method == "POST" and form.is_valid():
        actions.save_page_texts(InfoPage(page), form.words())
        messages.success(request, _("Saved."))
        return redirect("shop:page-text", page)
    context = {"form": form, "page": InfoPage(page), "each": list(InfoPage)}
    return render(request, "shop/page_texts.html", context, status=422 if form.errors else 200)
