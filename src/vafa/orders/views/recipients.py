"""Who gets an order: a fragment of its page, and a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vafa.accounts.access import staff_required
from vafa.customers.actions import record_look
from vafa.kit.clock import now
from vafa.orders.models import Order
from vafa.orders.queries import recipient_of


@require_GET
@staff_required
def recipient(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name, address and contact of one order."""
    order = Order.objects.filter(public_id=public_id).first()
    if order is None:
        raise Http404
    record_look(request.user, order.customer_ref, "order", at=now())
    template = "orders/_recipient.html" if "HX-Request" in request.headers else "orders/recipient.html"
    return render(request, template, {"order": order, "recipient": recipient_of(order)})
