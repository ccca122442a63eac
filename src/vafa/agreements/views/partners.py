"""Partners and their scorecards, and the register of credits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.agreements import actions, queries
from vafa.agreements.forms import ClaimForm, PaidForm, PartnerForm
from vafa.agreements.models import Agreement, Claim, Partner, State
from vafa.agreements.pictures import level_picture, period_name
from vafa.agreements.sentences import level_sentence, measured_share
from vafa.agreements.views.asking import form_page
from vafa.kit.clock import now
from vafa.kit.formats import money_unit
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every agreement with what it came to last."""
    rows = [
        (row.agreement, [(level_sentence(level), measured, _measured(measured)) for level, measured in row.newest])
        for row in queries.listing()
    ]
    without = [partner for partner in queries.partners() if not partner.agreements.all()]
    return render(request, "agreements/list.html", {"rows": rows, "without": without})


def _measured(measured: Any) -> str:
    return measured_share(measured.share) if measured is not None and measured.share is not None else ""


@require_GET
@staff_required
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """The scorecard."""
    found = _partner(code)
    papers = list(found.agreements.prefetch_related("levels__probe"))
    context = {
        "partner": found,
        "tally": queries.tally_of(found),
        "agreements": papers,
        "cards": [card for each in papers if each.state != State.DRAFT for card in _cards(each, papers)],
    }
    return render(request, "agreements/partner.html", context)


def _cards(agreement: Agreement, papers: list[Agreement]) -> list[dict[str, Any]]:
    """One card for each level of the newest version that is or was in force."""
    newest = max(each.version for each in papers if each.code == agreement.code and each.state != State.DRAFT)
    if agreement.version != newest:
        return []
    cards = []
    for level in agreement.levels.all():
        measured = queries.measurements_of(level)
        rows = [(each, period_name(each, agreement), _measured(each)) for each in reversed(measured)]
        cards.append(
            {
                "agreement": agreement,
                "sentence": level_sentence(level),
                "picture": level_picture(level, measured),
                "rows": rows,
            }
        )
    return cards


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest) -> HttpResponse:
    """Another partner."""
    form = PartnerForm(request.POST or None)

    def save() -> str:
        if queries.partner_by(form.cleaned_data["code"]):
            raise Problem("code-taken", _("There is a partner of this code."), field="code", status=409)
        return actions.save_partner(form.cleaned_data["code"], **form.terms()).get_absolute_url()

    return form_page(request, form, save, title=_("New partner"), back=reverse("agreements:list"))


@require_http_methods(["GET", "POST"])
@owner_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """One of them."""
    found = _partner(code)
    initial = {"code": found.code, "name": found.name, "role": found.role, "ref": found.ref}
    form = PartnerForm({**request.POST.dict(), "code": code} if request.method == "POST" else None, initial=initial)
    form.fields["code"].disabled = True

    def save() -> str:
        return actions.save_partner(code, **form.terms()).get_absolute_url()

    return form_page(request, form, save, title=found.name, back=found.get_absolute_url())


@require_GET
@staff_required
def credits(request: HttpRequest) -> HttpResponse:
    """The register: what missed levels brought or cost."""
    return _credits_page(request)


def _credits_page(request: HttpRequest, **refused: object) -> HttpResponse:
    unit, _minors = money_unit(the_shop().currency, toman=the_shop().shows_toman)
    rows = [
        (each, each.measurement.level.agreement, period_name(each.measurement, each.measurement.level.agreement))
        for each in queries.claims()[:200]
    ]
    context = {"rows": rows, "unit": unit, **refused}
    return render(request, "agreements/credits.html", context, status=422 if refused else 200)


@require_POST
@owner_required
def move_credit(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Claimed, paid or waived."""
    claim = queries.claim_by(pk)
    if claim is None:
        raise Problem("no-such-credit", _("There is no such credit."), status=404)
    try:
        _move(claim, step, request)
    except Problem as problem:
        if not problem.field:
            raise
        return _credits_page(request, failed=pk, step=step, failure=problem.sentence, typed=request.POST)
    messages.success(request, _("Saved."))
    return redirect("agreements:credits")


def _move(claim: Claim, step: str, request: HttpRequest) -> None:
    if step == "claimed":
        form = ClaimForm(request.POST)
        if not form.is_valid():
            raise Problem("bad-reference", str(form.errors["reference"][0]), field="reference", status=422)
        actions.claim_back(claim, reference=form.cleaned_data["reference"], at=now())
    elif step == "waived":
        actions.waive(claim, at=now())
    elif step == "paid":
        paid = PaidForm(request.POST)
        if not paid.is_valid():
            raise Problem("bad-amount", _("Say how much was paid, as a number."), field="amount", status=422)
        _unit, minors = money_unit(claim.currency, toman=the_shop().shows_toman)
        actions.record_payment(claim, amount_minor=round(paid.cleaned_data["amount"] * minors), at=now())
    else:
        raise Problem("no-such-step", _("There is no such step."), status=404)


def _partner(code: str) -> Partner:
    found = queries.partner_by(code)
    if found is None:
        raise Problem("no-such-partner", _("There is no such partner."), status=404)
    return found
