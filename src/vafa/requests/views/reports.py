"""What customers told about their orders, for the staff."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vafa.accounts.access import staff_required
from vafa.customers.actions import record_look
from vafa.kit.clock import now
from vafa.kit.problems import Problem, show_in_form
from vafa.requests.actions import answer_report
from vafa.requests.forms import AnswerForm
from vafa.requests.models import Report
from vafa.requests.queries import report_by, reports_answered, reports_waiting

PAGE = 50


@require_safe
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the one due next first; below it the last ones answered."""
    context = {"waiting": reports_waiting()[:PAGE], "answered": reports_answered()[:20], "at": now()}
    return render(request, "requests/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One report with the customer's words, and the form that answers it."""
    told = _the_report(public_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer_report(told, form.cleaned_data["answer"], by=request.user.get_username(), at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("The customer has your answer."))
            return redirect("requests:reports")
    record_look(request.user, told.order.customer_ref, "report", at=now())
    context = {"told": told, "form": form, "at": now()}
    return render(request, "requests/report.html", context, status=422 if form.errors else 200)


def _the_report(public_id: UUID) -> Report:
    """The one door from an address to a report."""
    found = report_by(public_id)
    if found is None:
        raise Http404
    return found
