"""The staff's pages: the ledger, one promise."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import staff_required
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.kit.problems import Problem, show_in_form
from vafa.promises import actions, queries
from vafa.promises.access import the_customers_promise, the_promise
from vafa.promises.beside import beside
from vafa.promises.forms.ledger import LedgerForm, OutcomeForm, RestorationForm, RetractionForm, RevisionForm
from vafa.promises.models import Promise
from vafa.promises.models.event import DAY_ONLY
from vafa.promises.names import channel_name, seller_name
from vafa.promises.pictures import months_picture
from vafa.promises.queries.remedies import cover_of

PAGE = 25
REGIONS = 12


@require_GET
@staff_required
def ledger(request: HttpRequest) -> HttpResponse:
    """The headline three on top, by month and region below, and the promises themselves."""
    form = LedgerForm({"period": LedgerForm.PERIOD, **request.GET.dict()})
    chosen, newest = form.chosen(), queries.last_due_day()
    if newest is None:
        return render(request, "promises/ledger.html", {"form": form, "is_empty": True})
    last = min(newest, local_day(clock.now()))
    first = form.first_day(last)
    if "order" not in chosen and first is not None:
        chosen["due_from"] = first
    if not {"order", "state"} & chosen.keys():
        chosen["is_current"] = True
    found = list(queries.ledger(**chosen)[(form.number - 1) * PAGE : form.number * PAGE + 1])
    context = {
        "form": form,
        "figures": "order" not in chosen and form.number == 1,
        "first": first,
        "last": last,
        "promises": found[:PAGE],
        "next_page": form.number + 1 if len(found) > PAGE else None,
        "previous_page": form.number - 1,
    }
    if context["figures"]:
        context |= _figures(first, last, region=chosen.get("region", ""))
    return render(request, "promises/ledger.html", context)


def _figures(first: date | None, last: date, *, region: str) -> dict[str, Any]:
    """What stands above the list: the headline against both dates, by month and by region."""
    return {
        "current": queries.headline(first, last, region=region),
        "original": queries.headline(first, last, against="original", region=region),
        "regions": queries.by_place(first, last, against="original", region=region)[:REGIONS],
        "months": months_picture(first, last, region=region),
    }


@require_GET
@staff_required
def promise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, the_promise(public_id))


@require_POST
@staff_required
def outcome(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody of the staff knows that it was delivered on a day, perhaps also at what time."""
    promise, form = the_customers_promise(public_id), OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, promise, outcome_form=form)
    at = clock.now()
    reference = form.cleaned_data["reference"]
    evidence = {"by": f"staff:{request.user.pk}"} | ({"reference": reference} if reference else {})
    if form.cleaned_data["time"] is None:
        evidence |= DAY_ONLY
    try:
        moment = _told_moment(form, promise, at)
        settled = actions.settle_promise(promise, fulfilled_at=moment, evidence=evidence, at=at)
    except Problem as refused:
        show_in_form(_at_field(refused, "fulfilled_on"), form)
        return _page(request, promise, outcome_form=form)
    messages.success(request, _("Written into the ledger."))
    return redirect(settled)


def _told_moment(form: OutcomeForm, promise: Promise, at: datetime) -> datetime:
    """The moment that was told. Of a day alone its end, for today now: the evidence then says that no time was told."""
    day, told = form.cleaned_data["fulfilled_on"], form.cleaned_data["time"]
    moment = datetime.combine(day, told or time(23, 59), ZoneInfo(promise.zone))
    return min(moment, at) if told is None and day == promise.local_day(at) else moment


@require_POST
@staff_required
def revision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new date takes the place of the old one; both stay in the ledger."""
    promise, form = the_customers_promise(public_id), RevisionForm(request.POST)
    if not form.is_valid():
        return _page(request, promise, revision_form=form)
    try:
        new = actions.revise_promise(promise, **form.cleaned_data)
    except Problem as refused:
        show_in_form(refused, form)
        return _page(request, promise, revision_form=form)
    messages.success(request, _("The new date stands in the ledger. Tell the customer."))
    return redirect(new)


@require_POST
@staff_required
def retraction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The delivery that counts was told wrongly; it counts no more, and both stay in the ledger."""
    promise, form = the_customers_promise(public_id), RetractionForm(request.POST)
    if promise.fulfilled_at is None:
        return redirect(promise)  # somebody else was faster
    if not form.is_valid():
        return _page(request, promise, retraction_form=form)
    reason, by = form.cleaned_data["reason"], f"staff:{request.user.pk}"
    try:
        actions.retract_evidence(promise, fulfilled_at=promise.fulfilled_at, reason=reason, by=by)
    except Problem as refused:
        show_in_form(refused, form)
        return _page(request, promise, retraction_form=form)
    messages.success(request, _("Taken back; what was told before stays readable in the ledger."))
    return redirect(promise)


@require_POST
@staff_required
def restoration(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A delivery that was taken back was right after all; it counts again, and all of it stays in the ledger."""
    promise, form = the_customers_promise(public_id), RestorationForm(request.POST)
    if not queries.taken_back(promise):
        return redirect(promise)  # somebody else was faster
    if not form.is_valid():
        return _page(request, promise, restoration_form=form)
    moment, reason, by = form.cleaned_data["moment"], form.cleaned_data["reason"], f"staff:{request.user.pk}"
    try:
        settled = actions.restore_evidence(promise, fulfilled_at=moment, reason=reason, by=by)
    except Problem as refused:
        show_in_form(_at_field(refused, ""), form)
        return _page(request, promise, restoration_form=form)
    messages.success(request, _("It counts again; that it was taken back stays readable in the ledger."))
    return redirect(settled)


@require_POST
@staff_required
def cancellation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    promise = the_customers_promise(public_id)
    actions.cancel_promise(promise, evidence={"by": f"staff:{request.user.pk}"})
    messages.success(request, _("The promise was cancelled."))
    return redirect(promise)


def _page(
    request: HttpRequest,
    promise: Promise,
    *,
    outcome_form: OutcomeForm | None = None,
    revision_form: RevisionForm | None = None,
    retraction_form: RetractionForm | None = None,
    restoration_form: RestorationForm | None = None,
) -> HttpResponse:
    events = queries.events_of(promise)
    context = {
        "beside": beside(promise),
        "promise": promise,
        "chain": queries.chain_of(promise),
        "events": events,
        "is_day_only": any(event.is_day_only and event.at == promise.fulfilled_at for event in events),
        "receipt": queries.receipt_of(promise),
        "cover": cover_of(promise),
        "seller": seller_name(promise.seller),
        "channel": channel_name(promise.channel),
        "outcome_form": outcome_form or OutcomeForm(),
        "revision_form": revision_form or RevisionForm(),
        "retraction_form": retraction_form or RetractionForm(),
        "restoration_form": restoration_form or RestorationForm(),
        "taken_back": [] if promise.state in {"revised", "cancelled"} else queries.taken_back(promise),
    }
    failed = any(form and form.errors for form in (outcome_form, revision_form, retraction_form, restoration_form))
    return render(request, "promises/promise.html", context, status=422 if failed else 200)


def _at_field(problem: Problem, field: str) -> Problem:
    return Problem(problem.code, problem.sentence, status=problem.status, field=field)
