"""An order goes to another address: the staff sees first what that means, then does it and answers the customer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vafa.accounts.access import staff_required
from vafa.customers.actions import record_look
from vafa.delivery.queries.elsewhere import Elsewhere
from vafa.fulfilment.queries.money import is_paid
from vafa.fulfilment.queries.work import order_by
from vafa.kit.clock import now
from vafa.kit.formats import format_money
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem, show_in_form
from vafa.orders.models import Order, Recipient
from vafa.orders.queries import recipient_of
from vafa.requests.actions import Wish, answer_report, look_elsewhere, send_elsewhere
from vafa.requests.forms import AddressForm
from vafa.requests.queries import wish_of
from vafa.shop.queries import city_names, the_shop

FIELDS = ("city", "region", "street", "postal_code", "note")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """First what the new address means for date and cost; sent once more, it is so. `doing` is "ask" where the customer
    is only told what it costs more.
    """
    order, to = _the_order(public_id)
    record_look(request.user, order.customer_ref, "order", at=now())
    if request.method != "POST":
        first = {name: getattr(to, name) for name in FIELDS}
        return _page(request, order, to, AddressForm(initial=first, country=to.country))
    form = AddressForm(request.POST, country=to.country)
    if not form.is_valid():
        return _page(request, order, to, form, status=422)
    try:
        return _done(request, order, form) or _looked(request, order, to, form)
    except Problem as refused:
        show_in_form(refused, form)
        return _page(request, order, to, form, _found(order, form), status=refused.status)


def _the_order(public_id: UUID) -> tuple[Order, Recipient]:
    """The one door from an address to an order and who gets it."""
    order = order_by(public_id)
    to = recipient_of(order) if order is not None else None
    if order is None or to is None:
        raise Http404
    return order, to


def _done(request: HttpRequest, order: Order, form: AddressForm) -> HttpResponse | None:
    """Where it leads when it was done; None where it is only looked at."""
    said, agreed = form.cleaned_data, request.POST.get("agreed", "")
    asked = wish_of(order)
    if request.POST.get("doing") == "ask":
        if asked is None:
            raise Problem("answered", _("This has been answered meanwhile."), status=409)
        answer_report(asked, said["answer"], by=request.user.get_username(), at=now())
        messages.success(request, _("The customer has your answer."))
        return redirect(order)
    if not agreed:
        return None
    wish = Wish({name: said[name] for name in FIELDS}, agreed, said["reason"].strip(), said["answer"])
    send_elsewhere(order, wish, by=request.user, at=now())  # type: ignore[arg-type]
    messages.success(request, _("It goes to the new address, and the customer is told."))
    return redirect(order)


def _looked(request: HttpRequest, order: Order, to: Recipient, form: AddressForm) -> HttpResponse:
    found = look_elsewhere(order, form.cleaned_data, at=now())
    looked = AddressForm({**form.cleaned_data, "answer": _answer(order, to, found)}, country=to.country)
    return _page(request, order, to, looked, found)


def _found(order: Order, form: AddressForm) -> Elsewhere | None:
    """What it means now, where that can be said."""
    try:
        return look_elsewhere(order, form.cleaned_data, at=now())
    except Problem:
        return None


def _answer(order: Order, to: Recipient, found: Elsewhere) -> str:
    """Words to begin with, in the language of the customer."""
    language = to.language or the_shop().default_language
    with translation.override(language):
        if found.problem:
            return ""
        if found.more_minor <= 0:
            return _("We send it to the address you named.")
        amount = format_money(found.more_minor, order.currency, language)
        return _("The delivery there costs %(amount)s more. Shall we send it there? Please answer this message.") % {
            "amount": amount
        }


def _page(
    request: HttpRequest,
    order: Order,
    to: Recipient,
    form: AddressForm,
    found: Elsewhere | None = None,
    status: int = 200,
) -> HttpResponse:
    form.fields["reason"].required = (
        found is not None and found.more_minor > 0
    )  # as the page says; refused by the action
    context: dict[str, Any] = {
        "order": order,
        "to": to,
        "form": form,
        "found": found,
        "asked": wish_of(order),
        "is_paid": is_paid(order),
        "cities": city_names(the_language(None)),
    }
    return render(request, "requests/address.html", context, status=status)
