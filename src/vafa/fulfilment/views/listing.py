"""The list of orders."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vafa.accounts.access import staff_required
from vafa.delivery.kinds import DELIVERY
from vafa.delivery.queries import options
from vafa.engine.folding import fold
from vafa.fulfilment.forms import FindForm
from vafa.fulfilment.queries import listing
from vafa.fulfilment.queries.finding import keys_found
from vafa.kit.templatetags.formats import in_language
from vafa.orders.models import Order
from vafa.promises.models import Promise
from vafa.shop.models import Place
from vafa.shop.queries import the_shop

LABELS = {
    "to_pack": _("To pack"),
    "packed": _("Packed"),
    "sent": _("Under way"),
    "late": _("At risk or late"),
    "held": _("Held for a check"),
    "unpaid": _("Waiting for payment"),
    "arrived": _("Delivered"),
    "cancelled": _("Cancelled"),
    "all": _("All orders"),
}


@require_GET
@staff_required
def orders(request: HttpRequest) -> HttpResponse:
    """Orders, the newest first; `q` finds, `view` and the filters narrow, `from` turns the page."""
    form = FindForm(request.GET or None, options=_options(), auto_id="find-%s")
    wanted = form.cleaned_data if form.is_valid() else {}
    words, view = wanted.get("q", ""), request.GET.get("view", "")
    view = view if view in listing.TABS else "all" if words else "to_pack"
    found = listing.orders_in("all" if words else view)
    if words:
        keys = keys_found(words)
        if len(keys) == 1:
            return redirect(Order.objects.get(pk=keys[0]))
        found = found.filter(pk__in=keys)
    page = listing.page_of(listing.narrowed(found, _filters(wanted)), listing.Cursor.read(request.GET.get("from", "")))
    counts = listing.counts()
    context = {
        "form": form,
        "words": words,
        "tabs": [(name, label, name == view, counts.get(name)) for name, label in LABELS.items()],
        "most_counted": listing.MOST_COUNTED,
        "view": view,
        "page": page,
        "rows": _rows(page.orders),
        "is_narrowed": any(wanted.get(name) for name in ("option", "place", "since", "until")),
        "is_empty": not page.orders and not Order.objects.exists(),
    }
    return render(request, "fulfilment/orders.html", context)


def _options() -> list[tuple[str, str]]:
    return [(option.code, in_language(option.name) or option.code) for option in options()]


def _filters(wanted: dict[str, Any]) -> dict[str, Any]:
    zone = ZoneInfo(the_shop().zone)
    since, until, place = wanted.get("since"), wanted.get("until"), wanted.get("place")
    return {
        "option": wanted.get("option"),
        "since": datetime.combine(since, time.min, zone) if since else None,
        "until": datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
        "places": _places(place) if place else None,
    }


def _places(words: str) -> list[int]:
    folded = fold(words)
    named = Place.objects.values_list("pk", "city", "region", "code")
    return [pk for pk, *names in named if folded in {fold(name) for name in names}]


def _rows(orders: list[Order]) -> list[tuple[Order, Promise | None]]:
    """Each order with the date that stands for it."""
    standing = Promise.objects.filter(
        kind=DELIVERY.name, subject_type="order", replaced_by__isnull=True, subject_ref__in=[o.number for o in orders]
    )
    promises = {promise.subject_ref: promise for promise in standing.order_by("made_at")}
    return [(order, promises.get(order.number)) for order in orders]
