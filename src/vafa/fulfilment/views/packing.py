"""The packing table: scan or type what lies in the parcel, close it, send it, undo a mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vafa.accounts.access import staff_required
from vafa.delivery.models import Parcel
from vafa.fulfilment.actions.packing import pack, unpack
from vafa.fulfilment.actions.shipping import Leaving, send_parcel, take_parcel_back, tell_arrived
from vafa.fulfilment.forms import PiecesForm, SendForm
from vafa.fulfilment.queries.stops import stop_of
from vafa.fulfilment.queries.work import parcel_by
from vafa.fulfilment.views.order import by, order_page, the_order
from vafa.kit import clock
from vafa.kit.formats import format_number, plain_digits
from vafa.kit.problems import Problem, show_in_form
from vafa.orders.models import Order, OrderLine
from vafa.orders.queries import lines_of


@require_http_methods(["GET", "POST"])
@staff_required
def packing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One order on the packing table. A scan (an article's number and Enter) counts one piece; nothing is written
    until the parcel is closed."""
    order = the_order(public_id)
    lines = [line for line in lines_of(order) if line.to_pack]
    counted, scanned, wrong = _counted(request, lines), request.POST.get("scan", "").strip(), ""
    if scanned:
        line, wrong = _hit(lines, counted, plain_digits(scanned))
        if line is not None:
            counted[line.pk] += 1
    elif request.method == "POST" and "all" in request.POST:
        counted = {line.pk: line.to_pack for line in lines}
    elif request.method == "POST":
        return _close(request, order, lines, counted)
    return _table(request, order, lines, counted, wrong=wrong, status=422 if wrong else 200)


def _counted(request: HttpRequest, lines: Sequence[OrderLine]) -> dict[int, int]:
    form = PiecesForm(request.POST or None, {line.pk: line.to_pack for line in lines}, lines, "line")
    return form.pieces if request.method == "POST" and form.is_valid() else {line.pk: 0 for line in lines}


def _hit(lines: Sequence[OrderLine], counted: dict[int, int], scanned: str) -> tuple[OrderLine | None, str]:
    named = [line for line in lines if line.sku.casefold() == scanned.casefold()]
    if not named:
        return None, _("%(code)s is not to pack in this order.") % {"code": scanned}
    room = next((line for line in named if counted[line.pk] < line.to_pack), None)
    return room, "" if room else _("There are enough of %(code)s in the parcel already.") % {"code": scanned}


def _close(request: HttpRequest, order: Order, lines: Sequence[OrderLine], counted: dict[int, int]) -> HttpResponse:
    form = PiecesForm(request.POST, {line.pk: line.to_pack for line in lines}, lines, "line")
    if not form.is_valid():
        return _table(request, order, lines, counted, wrong=_("More pieces than the order has."), status=422)
    try:
        parcel = pack(order, counted, by=by(request), at=clock.now())
    except Problem as refused:
        fresh = [line for line in lines_of(order) if line.to_pack]
        now = {line.pk: min(counted.get(line.pk, 0), line.to_pack) for line in fresh}
        return _table(request, order, fresh, now, wrong=str(refused.sentence), status=refused.status)
    messages.success(request, _("Parcel %(number)s is packed.") % {"number": format_number(parcel.position + 1)})
    return redirect(f"{order.get_absolute_url()}#parcel-{parcel.position + 1}")


def _table(
    request: HttpRequest, order: Order, lines: Sequence[OrderLine], counted: dict[int, int], **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "order": order,
        "rows": [(line, counted[line.pk], counted[line.pk] == line.to_pack) for line in lines],
        "is_full": bool(lines) and all(counted[line.pk] == line.to_pack for line in lines),
        "pieces": sum(counted.values()),
        "stop": stop_of(order),
        **more,
    }
    return render(request, "fulfilment/packing.html", context, status=status)


@require_POST
@staff_required
def send(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """A parcel leaves."""
    order = the_order(public_id)
    form = SendForm(request.POST, auto_id=f"send-{number}-%s")
    if form.is_valid():
        try:
            send_parcel(_the_parcel(order, number), Leaving(**form.cleaned_data), by=by(request), at=clock.now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("It is on its way, and the customer is told."))
            return redirect(f"{order.get_absolute_url()}#parcel-{number}")
    return order_page(request, order, form=form, at_parcel=number, status=422)


def _the_parcel(order: Order, number: int) -> Parcel:
    parcel = parcel_by(order, number)
    if parcel is None:
        raise Http404
    return parcel


def _step(act: Callable[..., None], done: Callable[[], str]) -> Callable[..., HttpResponse]:
    @require_POST
    @staff_required
    def view(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
        order = the_order(public_id)
        act(_the_parcel(order, number), by=by(request), at=clock.now())
        messages.success(request, done())
        return redirect(order)

    return view


unpacked = _step(unpack, lambda: _("The parcel is unpacked again."))
taken_back = _step(take_parcel_back, lambda: _("The parcel is here again, packed. If the customer was told, tell him."))
arrived = _step(tell_arrived, lambda: _("Noted: it was handed out."))
