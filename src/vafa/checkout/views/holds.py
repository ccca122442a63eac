"""Orders that are held for a check, and the rules by which."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.accounts.access import owner_required, staff_required
from vafa.checkout import actions
from vafa.checkout.forms import CheckRulesForm
from vafa.checkout.models import Hold, HoldState
from vafa.checkout.queries import check_rules, hold_of, holds
from vafa.checkout.queries.holds import REASONS
from vafa.kit import clock
from vafa.kit.form_page import form_page
from vafa.kit.problems import Problem
from vafa.orders.models import Order

DECIDED = 20


@require_safe
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """Those to be checked, the most urgent first, with their reasons; what was decided lately."""
    waiting = list(holds()[:100])
    decided = [*holds(HoldState.RELEASED)[:DECIDED], *holds(HoldState.REFUSED)[:DECIDED]]
    decided.sort(key=lambda hold: str(hold.decided_at), reverse=True)
    context = {"waiting": _rows(waiting), "decided": _rows(decided[:DECIDED]), "now": clock.now()}
    return render(request, "checkout/holds.html", context)


def _rows(some: list[Hold]) -> list[tuple[Hold, Order | None, list[object]]]:
    orders = Order.objects.filter(number__in=[hold.order_number for hold in some]).select_related("bill", "place")
    known = {order.number: order for order in orders}
    return [
        (hold, known.get(hold.order_number), [REASONS.get(reason, reason) for reason in hold.reasons]) for hold in some
    ]


@require_POST
@staff_required
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Take it, release it or cancel it."""
    hold, by = _the_hold(number), request.user.get_username()
    wish = request.POST.get("wish", "")
    try:
        if wish == "take":
            actions.take_hold(hold, by=by)
        elif wish in {"release", "cancel"}:
            actions.decide(hold, release=wish == "release", by=by, at=clock.now())
            done = _("The order goes on its way.") if wish == "release" else _("The order is cancelled.")
            messages.success(request, done)
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("checkout:holds")


def _the_hold(number: str) -> Hold:
    hold = hold_of(number) if "\x00" not in number else None
    if hold is None:
        raise Http404
    return hold


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def rules(request: HttpRequest) -> HttpResponse:
    """The rules."""
    form = CheckRulesForm(request.POST if request.method == "POST" else None, rules=check_rules())

    def save() -> str:
        actions.keep_check_rules(form.terms)
        return reverse("checkout:holds")

    return form_page(request, form, save, title=_("Rules of checks"), back=reverse("checkout:holds"))
