"""What a guarantee would have cost."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.actions.guarantee_costs import ask_cost
from vafa.delivery.forms.claims import LimitForm
from vafa.delivery.guarantee_pictures import cost_picture
from vafa.delivery.models import GuaranteeCost
from vafa.delivery.queries.guarantee_costs import newest_cost
from vafa.jobs.queries import job_by_public_id
from vafa.kit.problems import Problem, show_in_form
from vafa.promises.guarantee_terms import GuaranteeTerms
from vafa.promises.models import Guarantee
from vafa.promises.queries.guarantees import drafted_or_published, guarantee_by

SHOWN_AROUND = 4


@require_GET
@staff_required
def cost(request: HttpRequest, code: str) -> HttpResponse:
    """The newest report, or how far it is."""
    return _page(request, _the(code), LimitForm())


@require_POST
@owner_required
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Have it worked out (again)."""
    guarantee, form = _the(code), LimitForm(request.POST)
    if form.is_valid():
        try:
            ask_cost(guarantee, limit=float(form.cleaned_data["limit"]) / 100)
            return redirect("delivery:guarantee-cost", code)
        except Problem as problem:
            show_in_form(problem, form)
    return _page(request, guarantee, form)


def _page(request: HttpRequest, guarantee: Guarantee, form: LimitForm) -> HttpResponse:
    found, terms = newest_cost(guarantee), drafted_or_published(guarantee)
    context: dict[str, Any] = {"guarantee": guarantee, "form": form, "cost": found, "job": None}
    if found is not None and found.report is None and found.job_ref:
        context["job"] = job_by_public_id(found.job_ref)
    if found is not None and found.report is not None:
        context |= _shown(found, found.report)
        context["is_old"] = terms is None or terms.digest != found.digest
    return render(request, "delivery/guarantee_cost.html", context, status=422 if form.errors else 200)


def _shown(found: GuaranteeCost, report: dict[str, Any]) -> dict[str, Any]:
    terms = GuaranteeTerms.from_json(found.terms)
    return {
        "report": report,
        "first": date.fromisoformat(report["first_day"]),
        "last": date.fromisoformat(report["last_day"]),
        "terms": terms,
        "rows": _rows(report),
        "picture": cost_picture(report),
    }


def _rows(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The wordings around what is drafted and what is recommended, so that the table stays short."""
    marks = [report["own"]["days"], report["strongest"], report["strongest_surely"]]
    known = [days for days in marks if days is not None] or [SHOWN_AROUND]
    first, last = max(min(known) - 2, 0), max(known) + 2
    return [row for row in report["wordings"] if first <= row["days"] <= last]


def _the(code: str) -> Guarantee:
    guarantee = guarantee_by(code)
    if guarantee is None:
        raise Http404(_("There is no guarantee %(code)s.") % {"code": code})
    return guarantee
