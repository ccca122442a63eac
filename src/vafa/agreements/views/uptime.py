"""The probe of the shop's own pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.agreements import actions, queries
from vafa.agreements.forms import MaintenanceForm, ProbeForm
from vafa.agreements.looking import ELSEWHERE, ERROR, NO_ANSWER, SLOW, UP
from vafa.agreements.models import Probe
from vafa.agreements.pictures import days_picture
from vafa.agreements.sentences import measured_share
from vafa.agreements.views.asking import form_page
from vafa.kit.clock import now
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

SPANS = (1, 7, 30)  # days
REASONS = {
    UP: gettext_lazy("answers"),
    ERROR: gettext_lazy("answered with an error"),
    NO_ANSWER: gettext_lazy("could not be reached"),
    SLOW: gettext_lazy("too slow"),
    ELSEWHERE: gettext_lazy("leads to another site"),
}


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every page that is asked, with its figures."""
    at = now()
    down = {spell.probe_id: spell for spell in queries.down_now()}
    rows = [(probe, _figures(probe, at), down.get(probe.pk)) for probe in queries.probes()]
    return render(request, "agreements/uptime.html", {"rows": rows, "spans": SPANS, "windows": _windows(at)})


def _figures(probe: Probe, at: datetime) -> list[dict[str, Any]]:
    found = [(days, queries.uptime(probe, at - timedelta(days=days), at)) for days in SPANS]
    return [
        {"days": days, "seen": seen, "share": "" if seen.share is None else measured_share(seen.share, 3)}
        for days, seen in found
    ]


def _windows(at: datetime) -> list[tuple[Any, bool]]:
    return [(window, window.begins_at > at) for window in queries.windows(at)]


@require_GET
@staff_required
def probe(request: HttpRequest, pk: int) -> HttpResponse:
    """One page: its figures, its days, its failures."""
    found, at = _probe(pk), now()
    context = {
        "probe": found,
        "figures": _figures(found, at),
        "picture": days_picture(queries.hours_of(found, at - timedelta(days=30))),
        "spells": [(spell, REASONS.get(spell.reason, spell.reason)) for spell in queries.spells_of(found)],
        "last": REASONS.get(found.last_result, ""),
    }
    return render(request, "agreements/probe.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest) -> HttpResponse:
    """Another page."""
    form = ProbeForm(request.POST or None)

    def save() -> str:
        data = form.cleaned_data
        actions.add_probe(data["name"], data["url"], timeout_seconds=data["timeout_seconds"], at=now())
        return reverse("agreements:uptime")

    return form_page(request, form, save, title=_("Ask a page"), back=reverse("agreements:uptime"))


@require_POST
@owner_required
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it no longer, or again."""
    found = _probe(pk)
    actions.switch_probe(found, active=not found.active, at=now())
    return redirect("agreements:probe", pk)


@require_http_methods(["GET", "POST"])
@owner_required
def maintenance(request: HttpRequest) -> HttpResponse:
    """Announce a window."""
    form, zone = MaintenanceForm(request.POST or None), the_shop().zone

    def save() -> str:
        begins, ends = form.moment("begins_on", "begins_at", zone), form.moment("ends_on", "ends_at", zone)
        if begins is not None and ends is not None:
            note = form.cleaned_data["note"]
            actions.announce_maintenance(begins_at=begins, ends_at=ends, probe=None, note=note, at=now())
        return reverse("agreements:uptime")

    return form_page(request, form, save, title=_("Announce maintenance"), back=reverse("agreements:uptime"))


@require_POST
@owner_required
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a window back."""
    actions.call_off_maintenance(pk, at=now())
    messages.success(request, _("Taken back."))
    return redirect("agreements:uptime")


def _probe(pk: int) -> Probe:
    found = queries.probe_by(pk)
    if found is None:
        raise Problem("no-such-probe", _("This page is not asked."), status=404)
    return found
