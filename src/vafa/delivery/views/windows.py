"""The capacity calendar, and the zones with their weekly windows."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.actions.windows import window_of
from vafa.delivery.actions.zones import add_windows, change_slot, close_day, drop_windows, save_zone
from vafa.delivery.forms.choosing import SlotForm, WindowForm, ZoneForm
from vafa.delivery.models import DeliveryOption, Zone
from vafa.delivery.queries import calendar
from vafa.delivery.queries.slots import today
from vafa.kit import clock
from vafa.kit.form_page import form_page
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

WEEK = timedelta(days=7)
FARTHEST = timedelta(days=400)


@require_GET
@staff_required
def week(request: HttpRequest) -> HttpResponse:
    """One week of one option in one zone."""
    at = clock.now()
    known = calendar.pairs()
    chosen = _pair(known, request.GET.get("of", ""))
    day = _day(request.GET.get("day", ""), today(at))
    shown = calendar.week_of(*chosen, day, at) if chosen else None
    context = {
        "pairs": [(f"{option.code}.{zone.code}", option, zone) for option, zone in known],
        "of": f"{chosen[0].code}.{chosen[1].code}" if chosen else "",
        "week": shown,
        "today": today(at),
        "before": day - WEEK,
        "after": day + WEEK,
    }
    return render(request, "delivery/slots.html", context)


@require_POST
@owner_required
def close(request: HttpRequest) -> HttpResponse:
    """Close a whole day, or open it again."""
    chosen = _pair(calendar.pairs(), request.POST.get("of", ""))
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        chosen = None
    if chosen is None:
        raise Problem("unknown-slot", _("There is no such window."), status=422)
    close_day(*chosen, day, closed="close" in request.POST, at=clock.now())
    return redirect(_back(f"{chosen[0].code}.{chosen[1].code}", day))


@require_http_methods(["GET", "POST"])
@owner_required
def slot(request: HttpRequest, name: str) -> HttpResponse:
    """What one window takes on one day."""
    there = window_of(name)
    form = SlotForm(request.POST or None, initial={"capacity": there.capacity, "closed": there.closed})
    back = _back(f"{there.option.code}.{there.zone.code if there.zone else ''}", there.day)

    def save() -> str:
        change_slot(name, capacity=form.cleaned_data["capacity"], closed=form.cleaned_data["closed"])
        return back

    return form_page(request, form, save, template="delivery/slot.html", title=_("One window"), back=back, slot=there)


@require_GET
@owner_required
def zones(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return render(request, "delivery/zones.html", {"zones": calendar.zones()})


@require_http_methods(["GET", "POST"])
@owner_required
def new_zone(request: HttpRequest) -> HttpResponse:
    """Another one."""
    form = ZoneForm(request.POST or None)

    def save() -> str:
        return reverse("delivery:zone", args=[save_zone(form.cleaned_data["code"], **form.terms()).code])

    return form_page(request, form, save, title=_("New zone"), back=reverse("delivery:zones"))


@require_http_methods(["GET", "POST"])
@owner_required
def zone(request: HttpRequest, code: str) -> HttpResponse:
    """One of them, with its weekly windows."""
    there = get_object_or_404(Zone, code=code)
    initial = {
        "code": there.code,
        **{f"name_{language}": text for language, text in there.name.items()},
        "places": "\n".join(there.places),
        "active": there.active,
    }
    form = ZoneForm(request.POST or None, initial=initial)
    form.fields["code"].disabled = True

    def save() -> str:
        save_zone(there.code, **form.terms())
        return reverse("delivery:zone", args=[there.code])

    return form_page(
        request, form, save, template="delivery/zone.html", title=there.name, back=reverse("delivery:zones"),
        zone=there, windows=calendar.windows_of(there), options=calendar.slot_options(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@owner_required
def new_window(request: HttpRequest, code: str) -> HttpResponse:
    """Weekly windows for a zone."""
    there = get_object_or_404(Zone, code=code)
    back = reverse("delivery:zone", args=[code])
    form = WindowForm(request.POST or None, shop=the_shop(), offered=calendar.slot_options())

    def save() -> str:
        add_windows(form.chosen_option, there, form.cleaned_data["weekdays"], **form.terms())
        return back

    return form_page(request, form, save, title=_("New windows"), back=back)


@require_POST
@owner_required
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Weekly windows are offered no more."""
    numbers = [int(number) for number in request.POST.getlist("window") if number.isascii() and number.isdecimal()]
    drop_windows(get_object_or_404(Zone, code=code), numbers)
    messages.success(request, _("Removed. Orders that have a place in it keep theirs."))
    return redirect("delivery:zone", code=code)


def _pair(known: list[tuple[DeliveryOption, Zone]], named: str) -> tuple[DeliveryOption, Zone] | None:
    """The option and zone that are meant, else the first."""
    return next((pair for pair in known if f"{pair[0].code}.{pair[1].code}" == named), next(iter(known), None))


def _day(text: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if abs(found - otherwise) <= FARTHEST else otherwise


def _back(of: str, day: date) -> str:
    return f"{reverse('delivery:slots')}?of={of}&day={day.isoformat()}"
