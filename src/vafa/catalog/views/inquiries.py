"""What visitors asked about products, for the staff to answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vafa.accounts.access import staff_required
from vafa.catalog.actions import answer_inquiry, refuse_inquiry
from vafa.catalog.forms.inquiries import AnswerForm
from vafa.catalog.models import Inquiry, InquiryState
from vafa.catalog.queries import inquiries_in
from vafa.kit import clock

SHOWN = 50


@require_safe
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; with `state` those answered or refused."""
    asked = request.GET.get("state", "")
    state = asked if asked in InquiryState.values else InquiryState.WAITING.value
    return _page(request, state, AnswerForm(auto_id=False), failed=None)


@require_POST
@staff_required
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question, which shows it, or refuse it."""
    inquiry = Inquiry.objects.filter(pk=number).first()
    if inquiry is None:
        raise Http404
    by = f"staff:{request.user.pk}"
    if "refuse" in request.POST:
        refuse_inquiry(inquiry, by=by, at=clock.now())
        messages.success(request, _("Refused: nobody sees this question."))
        return redirect("catalog:inquiries")
    form = AnswerForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _page(request, inquiry.state, form, failed=inquiry.pk)
    answer_inquiry(inquiry, form.cleaned_data["answer"], by=by, at=clock.now())
    messages.success(request, _("Answered: question and answer stand on the product's page."))
    return redirect("catalog:inquiries")


def _page(request: HttpRequest, state: str, form: AnswerForm, *, failed: int | None) -> HttpResponse:
    context = {
        "inquiries": inquiries_in(state)[:SHOWN],
        "states": [(value, label, value == state) for value, label in InquiryState.choices],
        "form": AnswerForm(auto_id=False) if failed else form,
        "failed": failed,
        "failed_form": form,
    }
    return render(request, "catalog/inquiries.html", context, status=422 if failed else 200)
