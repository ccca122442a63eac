"""Cancelling an order, and giving pieces back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vafa.accounts.access import staff_required
from vafa.fulfilment.actions.cancelling import cancel_order, give_back
from vafa.fulfilment.actions.crediting import GivenBack
from vafa.fulfilment.forms import CancelForm, GiveBackForm, PiecesForm
from vafa.fulfilment.queries.money import is_paid
from vafa.fulfilment.queries.work import returnable
from vafa.fulfilment.views.order import by, the_order
from vafa.kit import clock
from vafa.kit.problems import Problem, show_in_form
from vafa.orders.models import Order
from vafa.orders.queries import lines_of


@require_http_methods(["GET", "POST"])
@staff_required
def giving_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose pieces that do not come any more, or that came and are given back."""
    order = the_order(public_id)
    lines, data = lines_of(order), request.POST or None
    form = GiveBackForm(data)
    waiting = PiecesForm(data, {line.pk: line.to_pack for line in lines}, lines, "waiting")
    had_left = PiecesForm(data, returnable(lines), lines, "left")
    if request.method == "POST" and all([form.is_valid(), waiting.is_valid(), had_left.is_valid()]):
        said = form.cleaned_data
        given = GivenBack(said["why"], waiting.pieces, had_left.pieces, said["delivery"])
        try:
            give_back(order, given, by=by(request), at=clock.now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("Done: stock, money and word are given back."))
            return redirect(order)
    wrong = bool(form.errors or waiting.errors or had_left.errors)
    context = {
        "order": order,
        "form": form,
        "waiting": waiting,
        "had_left": had_left,
        "is_paid": is_paid(order),
        "cancel_form": CancelForm(auto_id="cancel-%s"),
        "can_cancel": _can_cancel(order),
    }
    return render(request, "fulfilment/give_back.html", context, status=422 if wrong else 200)


def _can_cancel(order: Order) -> bool:
    return not order.cancelled and any(line.wanted > line.sent for line in lines_of(order))


@require_POST
@staff_required
def cancelled(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nothing more of the order leaves."""
    order, form = the_order(public_id), CancelForm(request.POST)
    if not form.is_valid():
        raise Problem("bad-reason", _("Choose a reason."), field="why", status=422)
    cancel_order(order, why=form.cleaned_data["why"], by=by(request), at=clock.now())
    messages.success(request, _("The order is cancelled, and the customer is told."))
    return redirect(order)
