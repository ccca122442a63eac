"""Pages to print: what to pick, what lies in a parcel, invoices and credit notes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import staff_required
from vafa.customers.actions import record_look
from vafa.delivery.queries import options
from vafa.fulfilment.actions.papers import write_invoice
from vafa.fulfilment.models import Credit, Invoice
from vafa.fulfilment.queries.invoice_files import invoice_as_file
from vafa.fulfilment.queries.invoice_rows import printed_rows
from vafa.fulfilment.queries.picking import MOST_ORDERS, orders_to_pick, walks_for
from vafa.fulfilment.queries.work import packed_parcels
from vafa.fulfilment.square_code import square_code
from vafa.fulfilment.views.order import by, the_order
from vafa.kit import clock
from vafa.kit.pdf import can_draw
from vafa.kit.templatetags.formats import in_language
from vafa.orders.models import Order
from vafa.orders.queries import recipient_of


@require_GET
@staff_required
def picking(request: HttpRequest) -> HttpResponse:
    """What to take off the shelves for the most urgent orders."""
    offered = {option.code: in_language(option.name) or option.code for option in options()}
    option = request.GET.get("option", "")
    option = option if option in offered else ""
    orders = orders_to_pick(option)
    context = {
        "orders": orders,
        "walks": walks_for(orders),
        "tabs": [("", _("All of them"), not option), *((code, name, code == option) for code, name in offered.items())],
        "most": MOST_ORDERS,
        "is_cut": len(orders) == MOST_ORDERS,
        "at": clock.now(),
    }
    return render(request, "fulfilment/picking.html", context)


@require_GET
@staff_required
def slip(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """What lies in a parcel, and where it goes."""
    order = the_order(public_id)
    record_look(request.user, order.customer_ref, "paper", at=clock.now())
    parcels = packed_parcels(order)
    parcel = next((each for each in parcels if each.position == number - 1), None)
    if parcel is None:
        raise Http404
    context = {
        "order": order,
        "parcel": parcel,
        "number": number,
        "of": len(parcels),
        "recipient": recipient_of(order),
        "rest": sum(line.to_pack for line in order.lines.all()),
        "code": square_code(order.number),
    }
    return render(request, "fulfilment/slip.html", context)


@require_POST
@staff_required
def new_invoice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The invoice is written, once."""
    order = the_order(public_id)
    write_invoice(order, by=by(request), at=clock.now())
    return redirect("fulfilment:invoice", order.public_id)


@require_GET
@staff_required
def invoice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The invoice as it was written."""
    order, written = _looked_at(request, public_id)
    file = reverse("fulfilment:invoice-file", args=[order.public_id]) if can_draw() else ""
    rows, to = printed_rows(written), recipient_of(order)
    context = {"order": order, "invoice": written, "rows": rows, "recipient": to, "file": file}
    return render(request, "fulfilment/invoice.html", context)


@require_GET
@staff_required
def invoice_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The invoice as a PDF file, where the extra that draws it is installed."""
    _order, written = _looked_at(request, public_id)
    return invoice_as_file(written)


def _looked_at(request: HttpRequest, public_id: UUID) -> tuple[Order, Invoice]:
    """The order and its invoice; that its customer's name was looked at is written down."""
    order = the_order(public_id)
    written = Invoice.objects.filter(order=order).select_related("order").first()
    if written is None:
        raise Http404
    record_look(request.user, order.customer_ref, "paper", at=clock.now())
    return order, written


@require_GET
@staff_required
def credit_note(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """What was given back after the invoice."""
    order = the_order(public_id)
    credit = Credit.objects.filter(order=order, number=number).prefetch_related("lines__line").first()
    if credit is None:
        raise Http404
    record_look(request.user, order.customer_ref, "paper", at=clock.now())
    context = {
        "order": order,
        "credit": credit,
        "invoice": Invoice.objects.get(order=order),
        "recipient": recipient_of(order),
    }
    return render(request, "fulfilment/credit_note.html", context)
