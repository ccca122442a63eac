"""Refunds that are owed, and those that were given."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.payments.actions import give
from vafa.payments.forms import GivenForm
from vafa.payments.queries import refund_by, refunds

SHOWN = 50


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """What is owed first."""
    return render(request, "payments/refunds.html", _context())


@require_POST
@owner_required
def given(request: HttpRequest, number: int) -> HttpResponse:
    """The money was sent."""
    refund, form = refund_by(number), GivenForm(request.POST)
    if refund is None:
        raise Http404
    if not form.is_valid():
        return render(request, "payments/refunds.html", {**_context(), "failed": number, "form": form}, status=422)
    give(refund, by=f"staff:{request.user.pk}", reference=form.cleaned_data["reference"])
    messages.success(request, _("Written down: the refund was given."))
    return redirect("payments:refunds")


def _context() -> dict[str, object]:
    return {"owed": refunds("owed")[:SHOWN], "given": refunds("given")[:SHOWN], "form": GivenForm(auto_id=False)}
