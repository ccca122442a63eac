"""Refunds that are owed, those on their way, and those that were given."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.kit.problems import Problem, show_in_form
from vafa.payments.actions import give, send_back
from vafa.payments.forms import GivenForm
from vafa.payments.models import Refund
from vafa.payments.queries import refund_by, refunds
from vafa.payments.queries.refunds import can_go_back

SHOWN = 50


def _refund(number: int) -> Refund:
    """The one door from an address to a refund."""
    found = refund_by(number)
    if found is None:
        raise Http404
    return found


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """What is owed first."""
    return render(request, "payments/refunds.html", _context())


@require_POST
@owner_required
def given(request: HttpRequest, number: int) -> HttpResponse:
    """The money was sent by hand."""
    refund, form = _refund(number), GivenForm(request.POST)
    if form.is_valid():
        try:
            give(refund, by=f"staff:{request.user.pk}", reference=form.cleaned_data["reference"])
        except Problem as problem:
            show_in_form(problem, form)
        else:
            messages.success(request, _("Written down: the refund was given."))
            return redirect("payments:refunds")
    return render(request, "payments/refunds.html", {**_context(), "failed": number, "form": form}, status=422)


@require_POST
@owner_required
def back(request: HttpRequest, number: int) -> HttpResponse:
    """The gateway by which the money came shall give it back."""
    send_back(_refund(number), by=f"staff:{request.user.pk}")
    messages.success(request, _("The gateway is giving it back; that takes a moment."))
    return redirect("payments:refunds")


def _context() -> dict[str, object]:
    owed = list(refunds("owed")[:SHOWN])
    return {
        "owed": owed,
        "through_gateway": {each.pk for each in owed if can_go_back(each)},
        "sending": refunds("sending")[:SHOWN],
        "given": refunds("given")[:SHOWN],
        "form": GivenForm(auto_id=False),
    }
