"""The customer's invoice: the same numbered one that the shop has."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from vafa.fulfilment.actions.papers import write_invoice
from vafa.fulfilment.models import Invoice
from vafa.fulfilment.queries.invoice_files import invoice_as_file
from vafa.fulfilment.queries.invoice_rows import printed_rows
from vafa.kit.clock import now
from vafa.kit.http import client_address, limit_rate
from vafa.kit.pdf import can_draw
from vafa.kit.problems import Problem
from vafa.orders.queries import bill_of, recipient_of
from vafa.storefront.customer import OpenOrder, order_page
from vafa.storefront.frame import window
from vafa.storefront.signing_in import QUARTER

MOST = 40  # invoices asked for by one client in a quarter of an hour


@require_http_methods(["GET", "HEAD", "POST"])
@order_page
def invoice(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """The invoice as a page to print; a POST has it written, once. Orders that another system took have none here."""
    if bill_of(door.order) is None:
        raise Http404
    problem = None
    if request.method == "POST":
        limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
        try:
            write_invoice(door.order, by="customer", at=now())
        except Problem as refused:
            problem = refused
        else:
            return redirect(door.address("invoice"))
    written = Invoice.objects.filter(order=door.order).first()
    context = {
        "door": door,
        "order": door.order,
        "invoice": written,
        "rows": printed_rows(written) if written else [],
        "recipient": recipient_of(door.order),
        "problem": problem,
        "file": door.address("invoice-file") if can_draw() else "",
        "back": door.address(""),
    }
    return window(request, "storefront/invoice.html", context, status=problem.status if problem else 200)


@require_safe
@order_page
def invoice_file(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """The invoice as a PDF file."""
    limit_rate("my-order", client_address(request), most=MOST, per=QUARTER)
    written = Invoice.objects.filter(order=door.order).select_related("order").first()
    if written is None:
        raise Http404
    return invoice_as_file(written)
