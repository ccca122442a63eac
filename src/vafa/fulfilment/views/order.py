"""One order: what every room knows of it, on one page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import staff_required
from vafa.customers.actions import record_look
from vafa.fulfilment.actions.notes import write_note
from vafa.fulfilment.actions.shipping import UNDO_WITHIN
from vafa.fulfilment.carriers import known_carriers
from vafa.fulfilment.forms import NoteForm, SendForm
from vafa.fulfilment.models import Credit, Invoice, Note
from vafa.fulfilment.queries.money import payments_of
from vafa.fulfilment.queries.stops import stop_of
from vafa.fulfilment.queries.story import names_of, story_of
from vafa.fulfilment.queries.work import order_by, packed_parcels, returnable
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.orders.models import Order, Stage
from vafa.orders.queries import bill_of, lines_of, recipient_of
from vafa.promises.queries import promises_about

SHOWN = 20


def the_order(public_id: UUID) -> Order:
    """The one door from an address to an order."""
    found = order_by(public_id)
    if found is None:
        raise Http404
    return found


def by(request: HttpRequest) -> str:
    """Who does it, as the tables keep it."""
    return f"staff:{request.user.pk}"


@require_GET
@staff_required
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page of one order; what others keep of it (recipient, parcels, payments) comes as fragments."""
    return order_page(request, the_order(public_id))


def order_page(
    request: HttpRequest, found: Order, *, form: SendForm | None = None, at_parcel: int = 0, status: int = 200
) -> HttpResponse:
    """`form`: the refused one of the parcel `at_parcel`."""
    record_look(request.user, found.customer_ref, "order", at=clock.now())
    lines, promises = lines_of(found), list(promises_about("order", found.number, kind="delivery"))
    returned = returnable(lines)
    context: dict[str, Any] = {
        "order": found,
        "lines": lines,
        "bill": bill_of(found),
        "credits": list(Credit.objects.filter(order=found)),
        "invoice": Invoice.objects.filter(order=found).first(),
        "stop": None if found.cancelled else stop_of(found),
        "to_pack": sum(line.to_pack for line in lines),
        "can_be_readdressed": not found.cancelled and found.stage == Stage.TO_PACK and recipient_of(found) is not None,
        "can_give_back": any(line.to_pack for line in lines) or any(returned.values()),
        **parcels_context(found, form, at_parcel),
        **notes_context(found),
        "story": story_of(found, promises),
        "payments": payments_of(found),
        "told": list(Message.objects.filter(about=f"order:{found.number}").order_by("-pk")[:SHOWN]),
    }
    return render(request, "fulfilment/order.html", context, status=status)


def parcels_context(found: Order, form: SendForm | None, at_parcel: int) -> dict[str, Any]:
    """Its parcels, each with the form that sends it while it is here."""
    now = clock.now()
    rows = []
    for parcel in packed_parcels(found):
        packing = getattr(parcel, "packing", None)
        number, here = parcel.position + 1, packing is not None and packing.sent_at is None
        shown = (form if form and number == at_parcel else SendForm(auto_id=f"send-{number}-%s")) if here else None
        undo = packing is not None and packing.sent_at is not None and now - packing.sent_at <= UNDO_WITHIN
        rows.append((parcel, number, packing, shown, undo and parcel.delivered_at is None))
    return {"parcels": rows, "carriers": known_carriers(), "undo_hours": UNDO_WITHIN // timedelta(hours=1)}


def notes_context(found: Order) -> dict[str, Any]:
    """The words among the staff, with who wrote them."""
    notes = list(Note.objects.filter(order=found))
    names = names_of(each.by for each in notes)
    return {"notes": [(each, names.get(each.by, each.by)) for each in notes], "note_form": NoteForm()}


@require_POST
@staff_required
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A word among the staff."""
    found, form = the_order(public_id), NoteForm(request.POST)
    if not form.is_valid():
        raise Problem("empty", _("Write something first."), field="text", status=422)
    write_note(found, form.cleaned_data["text"], by=by(request), at=clock.now())
    messages.success(request, _("Saved."))
    return redirect(found)
