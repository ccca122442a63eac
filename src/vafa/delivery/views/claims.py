"""The register of advertised claims, with their checks, and what it would take to claim more."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.actions.claims import check_claim, save_assumption
from vafa.delivery.claims import takes, where_of
from vafa.delivery.forms.claims import AssumptionForm, ClaimForm, TakesForm
from vafa.delivery.guarantee_pictures import effort_picture
from vafa.delivery.queries.claims import FASTER_SALES, assumed, checks_of
from vafa.delivery.queries.past_orders import Where, newest_fact
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem, show_in_form
from vafa.promises.actions import end_claim, register_claim
from vafa.promises.models import AdvertisedClaim, ClaimKind
from vafa.promises.queries.claims import claim_by, claims
from vafa.shop.options import offered_options
from vafa.shop.queries import city_names, the_shop

SHOWN = 100
MOST_ASKED = 2_000  # characters of a question that is sent along with the form of the assumption


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """What is advertised, the failing first; then what was."""
    day = local_day(clock.now())
    every = list(claims()[:SHOWN])
    checks = checks_of(every)
    rows = [{"claim": each, "check": checks.get(each.pk), "is_running": each.is_running(day)} for each in every]
    order = {"under": 0, "few": 1, "holds": 2}
    rows.sort(key=lambda row: (not row["is_running"], order.get(getattr(row["check"], "verdict", ""), 1)))
    context = {
        "rows": rows,
        "form": TakesForm(initial={"days": 2}),
        "cities": city_names(the_language(None)),
        **_names(),
    }
    return render(request, "delivery/claims.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest) -> HttpResponse:
    """Register what is advertised; it is checked at once."""
    form = ClaimForm(request.POST or None, shop=the_shop(), initial={"starts_on": local_day(clock.now()), "level": 95})
    if request.method == "POST" and form.is_valid():
        try:
            claim = register_claim(form.claimed(), by=f"staff:{request.user.pk}")
        except Problem as problem:
            show_in_form(problem, form)
        else:
            check_claim(claim)
            return redirect(claim)
    context = {"form": form, "cities": city_names(the_language(None))}
    return render(request, "delivery/claim_form.html", context, status=422 if form.errors else 200)


@require_GET
@staff_required
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The claim, its newest check, and what it would take where it does not hold."""
    return _claim_page(request, _the(public_id))


@require_POST
@staff_required
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    claim = _the(public_id)
    check_claim(claim)
    return redirect(claim)


@require_POST
@owner_required
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is advertised no more, from tomorrow on."""
    claim, at = _the(public_id), clock.now()
    end_claim(claim, on=max(local_day(at), claim.starts_on))
    check_claim(claim, at=at)
    messages.success(request, _("Today is the last day on which it is advertised."))
    return redirect(claim)


@require_GET
@staff_required
def what_it_takes(request: HttpRequest) -> HttpResponse:
    """What would it take to say "2 days" to Shiraz?"""
    return _takes_page(request, request.GET)


@require_POST
@owner_required
def assume(request: HttpRequest) -> HttpResponse:
    """The owner believes another effect of faster delivery; a wrong figure comes back on the page that asked for it."""
    claim = _the_named(request.POST.get("claim", ""))
    asked = QueryDict(request.POST.get("asked", "")[:MOST_ASKED])
    form = AssumptionForm(request.POST)
    if not form.is_valid():
        return _claim_page(request, claim, form) if claim else _takes_page(request, asked, form)
    data = form.cleaned_data
    save_assumption(
        FASTER_SALES, value=float(data["value"]) / 100, source=data["source"], by=f"staff:{request.user.pk}"
    )
    messages.success(request, _("Your assumption is kept."))
    return redirect(claim or f"{reverse('delivery:what-it-takes')}?{asked.urlencode()}")


def _claim_page(request: HttpRequest, claim: AdvertisedClaim, assumption: AssumptionForm | None = None) -> HttpResponse:
    check = checks_of([claim]).get(claim.pk)
    context: dict[str, Any] = {
        "claim": claim,
        "check": check,
        "until": date.fromisoformat(check.report["until"]) if check else None,
        "is_running": claim.is_running(local_day(clock.now())),
        **_names(),
    }
    if claim.kind == ClaimKind.WITHIN_DAYS and claim.days is not None:
        context |= _effort(where_of(claim), claim.days, claim.level, assumption)
    return render(request, "delivery/claim.html", context, status=422 if assumption else 200)


def _takes_page(request: HttpRequest, asked: QueryDict, assumption: AssumptionForm | None = None) -> HttpResponse:
    form = TakesForm(asked or None)
    context: dict[str, Any] = {"form": form, "cities": city_names(the_language(None)), "asked": asked, **_names()}
    if form.is_valid():
        data, where = form.cleaned_data, form.where()
        context |= {"where": where, **_effort(where, data["days"], data["level"] / 100, assumption)}
    return render(request, "delivery/what_it_takes.html", context, status=422 if assumption else 200)


def _effort(where: Where, days: int, level: float, assumption: AssumptionForm | None) -> dict[str, Any]:
    """What it would take, and what it would be worth by the assumption; the form of it as it was typed, if it was."""
    until = newest_fact()
    if until is None:
        return {"effort": None}
    found, belief = takes(where, days, level, until), assumed(FASTER_SALES)
    won = found["days_won"]
    return {
        "effort": found,
        "picture": effort_picture(found),
        "belief": belief,
        "worth_minor": None if not won else _about(found["sales_minor"] * belief.value * won),
        "assumption_form": assumption or AssumptionForm(initial={"value": belief.value * 100, "source": belief.source}),
    }


def _about(value: float) -> int:
    """Two significant digits: an assumption carries no more."""
    return int(float(f"{value:.1e}"))


def _names() -> dict[str, Any]:
    return {"option_names": offered_options(), "currency": the_shop().currency}


def _the_named(number: str) -> AdvertisedClaim | None:
    """The claim of that public id; None where none is named."""
    try:
        return _the(UUID(number)) if number else None
    except ValueError:
        raise Http404 from None


def _the(public_id: UUID) -> AdvertisedClaim:
    claim = claim_by(public_id)
    if claim is None:
        raise Http404
    return claim
