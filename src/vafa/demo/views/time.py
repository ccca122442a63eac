"""The demo's clock and its strikes: for everybody who works in the simulated shop."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from vafa.accounts.access import staff_required
from vafa.demo.actions import ask_tick, begin_strike, end_strike
from vafa.demo.carriers import STOPPABLE
from vafa.demo.forms import StrikeForm, carrier_name
from vafa.demo.queries import TICK, finished_build, running_strike, today_at
from vafa.jobs.queries import is_anybody_working, latest_job
from vafa.kit import clock
from vafa.kit.problems import Problem

AHEAD = (1, 3, 7)
PLACES = {
    "home_url": "console:home",
    "parcels_url": "delivery:parcels",
    "risk_url": "delivery:at-risk",
    "promises_url": "promises:list",
}


@require_safe
@staff_required
def time_page(request: HttpRequest) -> HttpResponse:
    """Which day it is here, how far the days that were asked for are, and which carrier stands still."""
    return _page(request, StrikeForm())


def _page(request: HttpRequest, form: StrikeForm, status: int = 200) -> HttpResponse:
    finished_build()
    at, job = clock.now(), latest_job(TICK)
    today, strike = today_at(at), running_strike(at)
    context = {
        "form": form,
        "today": today,
        "days": [{"count": count, "day": today + timedelta(days=count)} for count in AHEAD],
        "running": None if job is None or job.is_over else job,
        "failed": job if job is not None and job.state == "failed" else None,
        "nobody_works": not is_anybody_working(clock.real_now()),
        "strike": strike,
        "strike_name": "" if strike is None else _name_of(strike.carrier),
        **{name: reverse(url) for name, url in PLACES.items()},
    }
    return render(request, "demo/time.html", context, status=status)


def _name_of(carrier: str) -> str:
    return next(carrier_name(code) for code, each in STOPPABLE.items() if each.name == carrier)


@require_POST
@staff_required
def tick(request: HttpRequest) -> HttpResponse:
    """Let days go by until `day` (ISO). The page that comes next shows how far they are."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Problem("bad-day", _("This is no day."), status=422, field="day") from None
    ask_tick(day)
    return redirect("demo:time")


@require_POST
@staff_required
def strike(request: HttpRequest) -> HttpResponse:
    """Stop a carrier."""
    form = StrikeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        begin_strike(form.cleaned_data["carrier"], days=form.cleaned_data["days"])
    except Problem as refused:
        if refused.status == 404:
            raise
        form.add_error(None, str(refused))
        return _page(request, form, status=refused.status)
    messages.success(request, _("The carrier stands still. Let a day go by and see what the watch says."))
    return redirect("demo:time")


@require_POST
@staff_required
def stop_strike(request: HttpRequest) -> HttpResponse:
    """Let the carrier work again; a second time changes nothing."""
    if end_strike():
        messages.success(request, _("The strike is over. What had waited moves again."))
    return redirect("demo:time")
