"""What a customer does with an order: tells that something is wrong, moves the day, cancels, orders it again."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vafa.checkout.actions import put
from vafa.delivery.actions.wishing import wish_day
from vafa.fulfilment.actions.cancelling import cancel_order
from vafa.kit.clock import now
from vafa.kit.formats import format_date, format_moment, text_in
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.orders.queries import lines_of
from vafa.requests.actions import report as tell
from vafa.requests.models import Matter
from vafa.storefront.baskets import basket_of, remember_basket
from vafa.storefront.customer import OpenOrder, order_page
from vafa.storefront.forms import DayForm, WordsForm
from vafa.storefront.signing_in import QUARTER
from vafa.storefront.views.my_orders import order_view

MOST = 40  # things done by one client in a quarter of an hour


@require_POST
@order_page
def report(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """Something is wrong: one tap, with words or without."""
    form = WordsForm(request.POST)
    limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
    if not form.is_valid():
        return order_view(request, door, status=422)
    told = tell(door.order, form.cleaned_data["matter"], form.cleaned_data["words"], at=now())
    messages.success(request, _("We have it. You have our answer by %(when)s.") % {"when": format_moment(told.due_at)})
    return redirect(door.address(""))


@require_POST
@order_page
def change(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """Another day, as long as it has not left."""
    form = DayForm(request.POST)
    limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
    if not form.is_valid():
        return order_view(request, door, day_form=form, status=422)
    try:
        promise = wish_day(door.order, form.cleaned_data["day"], at=now())
    except Problem as refused:
        messages.error(request, str(refused))
        return order_view(request, door, status=refused.status)
    day = format_date(promise.due_on, style="weekday")
    messages.success(request, _("It is now promised for %(day)s, as you asked.") % {"day": day})
    return redirect(door.address(""))


@require_POST
@order_page
def cancel(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """At once before it has left; afterwards it is asked for, and answered."""
    limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
    at = now()
    try:
        credit = cancel_order(door.order, why="customer", by="customer", at=at)
    except Problem as refused:
        if refused.code != "has-left":
            raise
        told = tell(door.order, Matter.CANCEL, at=at)
        sentence = _("It has left already. We see what can be done, and answer by %(when)s.")
        messages.success(request, sentence % {"when": format_moment(told.due_at)})
    else:
        owed = credit is not None and credit.owed
        paid_back = _("Your order is cancelled, and your money is on its way back.")
        messages.success(request, paid_back if owed else _("Your order is cancelled."))
    return redirect(door.address(""))


@require_POST
@order_page
def again(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """Put into the basket what is still sold; say what is not."""
    limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
    basket, missing = basket_of(request), []
    for line in lines_of(door.order):
        key = hashlib.sha256(f"again:{line.pk}:{get_token(request)[:32]}:{now():%Y%m%d%H%M}".encode()).hexdigest()
        try:
            basket = put(
                basket, line.sku, key=key, language=the_language(None), pieces=line.quantity,
                chosen=line.chosen or None, inscriptions=line.inscriptions, at=now(),
            )  # fmt: skip
        except Problem:
            missing.append(text_in(line.title))
    if missing:
        gone = _("No longer there: %(titles)s.") % {"titles": _(", ").join(missing)}
        messages.warning(request, gone)
    if basket is None:
        return redirect(door.address(""))
    response = redirect("storefront:basket")
    pieces = sum(basket.lines.values_list("quantity", flat=True))
    remember_basket(response, basket, pieces, secure=request.is_secure())
    return response
