"""Payments for the staff: the list, and one with its story."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vafa.accounts.access import owner_required, staff_required
from vafa.kit.problems import Problem, show_in_form
from vafa.payments import actions, queries
from vafa.payments.forms import ArrivedForm, FindForm, OweForm
from vafa.payments.gateways import KINDS
from vafa.payments.models import Payment, PaymentState

PAGE = 50


def _payment(public_id: UUID) -> Payment:
    """The one door from an address to a payment for staff."""
    found = queries.payment_by(public_id)
    if found is None:
        raise Http404
    return found


@require_safe
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first; `?state=` and `?word=` narrow, `?before=` turns the page."""
    form = FindForm(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    found = list(queries.payments_in_view(**wanted)[: PAGE + 1])
    names = queries.names_of_ways()
    context = {
        "form": form,
        "payments": found[:PAGE],
        "rows": [(each, names.get(each.way, each.way)) for each in found[:PAGE]],
        "older_than": found[PAGE - 1].pk if len(found) > PAGE else None,
        "is_narrowed": bool(wanted),
    }
    return render(request, "payments/list.html", context)


@require_safe
@staff_required
def payment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One payment: what it is, what happened, what can be done."""
    return _page(request, _payment(public_id))


def _page(request: HttpRequest, found: Payment, *, status: int = 200, **forms: object) -> HttpResponse:
    context = {
        "payment": found,
        "way": queries.way_of(found.way),
        "events": queries.events_of(found),
        "refunds": found.refunds.order_by("pk"),
        "can_be_asked": found.state == PaymentState.WAITING,
        "gives_back": KINDS[found.kind].give_back is not None if found.kind in KINDS else False,
        "arrived_form": ArrivedForm(auto_id="arrived_%s"),
        "owe_form": OweForm(auto_id="owe_%s", currency=found.currency),
        **forms,
    }
    return render(request, "payments/payment.html", context, status=status)


@require_POST
@staff_required
def arrived(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Cash or a transfer is there."""
    found, form = _payment(public_id), ArrivedForm(request.POST, auto_id="arrived_%s")
    if not form.is_valid():
        return _page(request, found, status=422, arrived_form=form)
    actions.confirm_cash(found, _who(request), reference=form.cleaned_data["reference"])
    messages.success(request, _("Written down: the money is there."))
    return redirect(found.get_absolute_url())


@require_POST
@staff_required
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a job ask the gateway now."""
    found = _payment(public_id)
    actions.ask_soon(found)
    messages.success(request, _("The gateway is being asked; look again in a moment."))
    return redirect(found.get_absolute_url())


@require_POST
@owner_required
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A payment in doubt counts, or does not."""
    found = _payment(public_id)
    actions.decide_doubt(found, counts=request.POST.get("counts") == "yes", by=_who(request))
    messages.success(request, _("Saved."))
    return redirect(found.get_absolute_url())


@require_POST
@owner_required
def owe(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A part of it shall go back."""
    found, form = _payment(public_id), OweForm(request.POST, auto_id="owe_%s", currency=_payment(public_id).currency)
    if form.is_valid():
        said = form.cleaned_data
        debt = actions.Debt(
            key=f"staff:{uuid4()}",  # the same form sent twice is one form already (accounts.once)
            about=found.about,
            order=found.order_ref,
            amount_minor=said["amount"],
            currency=found.currency,
            reason=said["reason"],
            payment=found,
        )
        try:
            actions.owe(debt)
        except Problem as problem:
            show_in_form(problem, form)
        else:
            messages.success(request, _("Written down as owed. Give it back on the page of refunds."))
            return redirect("payments:refunds")
    return _page(request, found, status=422, owe_form=form)


def _who(request: HttpRequest) -> str:
    return f"staff:{request.user.pk}"
