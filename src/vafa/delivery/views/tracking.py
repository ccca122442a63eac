"""Where parcels are: the list with its search, and one order with the story of its parcels."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import staff_required
from vafa.delivery.actions.parcels import add_parcel
from vafa.delivery.actions.tracking import follow
from vafa.delivery.forms.questions import ParcelForm, SearchForm
from vafa.delivery.queries.risk_rows import risk_row_of
from vafa.delivery.queries.slots import kept_slot_of
from vafa.delivery.queries.tracking import VIEWS, events_of_parcels, found_parcels, order_by, parcels_of
from vafa.delivery.timeline import timeline
from vafa.kit.problems import Problem, show_in_form
from vafa.orders.models import Order
from vafa.promises.queries import promises_about
from vafa.shop.queries import the_shop

PAGE = 25
TABS = {
    "open": gettext_lazy("Under way"),
    "trouble": gettext_lazy("In trouble"),
    "waiting": gettext_lazy("Not handed over"),
    "delivered": gettext_lazy("Arrived"),
    "all": gettext_lazy("All parcels"),
}


@require_GET
@staff_required
def parcels(request: HttpRequest) -> HttpResponse:
    """Parcels, newest orders first; `q` finds an order or a tracking number, `view` narrows, `page` turns."""
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    number = form.cleaned_data["page"] or 1 if form.is_valid() else 1
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "all" if words else "open"
    found = list(found_parcels(words, view=view)[(number - 1) * PAGE : number * PAGE + 1])
    if words and found and len({parcel.order_id for parcel in found}) == 1:
        return redirect(found[0].order)
    order = order_by(number=words) if words and not found else None
    if order is not None:
        return redirect(order)
    context = {
        "form": form,
        "words": words,
        "tabs": [(name, label, name == view) for name, label in TABS.items()],
        "view": view,
        "parcels": found[:PAGE],
        "next_page": number + 1 if len(found) > PAGE else None,
        "previous_page": number - 1,
        "is_empty": not words and not found and number == 1 and not found_parcels().exists(),
    }
    return render(request, "delivery/parcels.html", context)


@require_GET
@staff_required
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One order: what was promised, and the story of each of its parcels."""
    return _page(request, _the_order(public_id), ParcelForm())


@require_POST
@staff_required
def new_parcel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A further parcel, or the number of the first one."""
    the_order, form = _the_order(public_id), ParcelForm(request.POST)
    if form.is_valid():
        try:
            add_parcel(the_order, **form.cleaned_data)
        except Problem as refused:
            show_in_form(refused, form)
        else:
            follow([the_order.number])
            messages.success(request, _("The parcel was added."))
            return redirect(the_order)
    return _page(request, the_order, form)


def _the_order(public_id: UUID) -> Order:
    """The one door from an address to an order."""
    found = order_by(public_id=public_id)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, the_order: Order, form: ParcelForm) -> HttpResponse:
    found, promises = parcels_of(the_order), list(promises_about("order", the_order.number, kind="delivery"))
    standing = next((promise for promise in promises if promise.replaced_by_id is None), None)
    events, zone, kept = events_of_parcels(found), the_shop().zone, kept_slot_of(the_order.number)
    context: dict[str, Any] = {
        "order": the_order,
        "parcels": [(parcel, timeline(parcel, events[parcel.pk], standing, zone)) for parcel in found],
        "promise": standing,
        "slot": kept.slot if kept is not None else None,
        "risk": risk_row_of(standing) if standing else None,
        "earlier": [promise for promise in promises if promise is not standing],
        "form": form,
        "packs_itself": the_order.lines.exists(),  # its parcels are made on the packing table
    }
    template = "delivery/_order.html" if "HX-Request" in request.headers else "delivery/order.html"
    return render(request, template, context, status=422 if form.errors else 200)
