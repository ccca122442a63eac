"""Remedies: those that wait for somebody, those that were given."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.kit.problems import Problem
from vafa.promises import actions
from vafa.promises.access import the_remedy
from vafa.promises.forms.guarantees import ApprovalForm, RefusalForm
from vafa.promises.models import Remedy, RemedyKind
from vafa.promises.queries import remedies
from vafa.shop.queries import the_shop

SHOWN = 50


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, calls to be made, and what was given."""
    return render(request, "promises/remedies.html", _context())


@require_POST
@owner_required
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    remedy, form = the_remedy(public_id), ApprovalForm(request.POST, shop=the_shop())
    if not form.is_valid():
        return _refused(request, remedy, " ".join(str(fault) for fault in form.errors.get("amount", [])))
    return _done(
        request,
        remedy,
        lambda by: actions.approve_remedy(remedy, by=by, amount_minor=form.amount_minor()),
        _("Approved."),
    )


@require_POST
@owner_required
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    remedy, form = the_remedy(public_id), RefusalForm(request.POST)
    if not form.is_valid():
        return _refused(request, remedy, str(form.errors["reason"][0]))
    reason = form.cleaned_data["reason"]
    return _done(
        request, remedy, lambda by: actions.refuse_remedy(remedy, by=by, reason=reason), _("Refused, with your reason.")
    )


@require_POST
@staff_required
def called(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody has called the customer."""
    remedy = the_remedy(public_id)
    if remedy.kind != RemedyKind.CALL:
        raise Problem("not-a-call", _("Only a call is confirmed here."), status=409)
    return _done(request, remedy, lambda by: actions.confirm_given(remedy, by=by), _("Written down: you have called."))


def _done(request: HttpRequest, remedy: Remedy, decide: Callable[[str], Remedy], told: str) -> HttpResponse:
    try:
        decide(f"staff:{request.user.pk}")
    except Problem as problem:
        return _refused(request, remedy, str(problem.sentence))
    messages.success(request, told)
    return redirect("promises:remedies")


def _refused(request: HttpRequest, remedy: Remedy, sentence: str) -> HttpResponse:
    context = {**_context(), "failed": remedy.public_id, "failure": sentence, "typed": request.POST}
    return render(request, "promises/remedies.html", context, status=422)


def _context() -> dict[str, object]:
    unit = ApprovalForm(shop=the_shop()).unit
    due = remedies.remedies(state="due")
    return {
        "waiting": remedies.remedies(state="waiting")[:SHOWN],
        "calls": due.filter(kind=RemedyKind.CALL)[:SHOWN],
        "given": remedies.remedies().exclude(state="waiting").exclude(state="due", kind=RemedyKind.CALL)[:SHOWN],
        "counts": remedies.counts_by_state(),
        "unit": unit,
    }
