"""The customer's orders: the list, and one order by either of its doors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vafa.kit.clock import now
from vafa.requests.queries import reports_of
from vafa.storefront.customer import OpenOrder, customer_of, customer_required, order_page
from vafa.storefront.forms import DayForm, WordsForm
from vafa.storefront.frame import window
from vafa.storefront.order_rows import rows_of
from vafa.storefront.order_story import story_of

PAGE = 20
ADDRESSES = ("report", "change", "window", "elsewhere", "cancel", "again", "invoice")


@never_cache
@require_safe
@customer_required
def listing(request: HttpRequest) -> HttpResponse:
    """All orders, the newest first; `?before=` turns the page."""
    person = customer_of(request)
    before = request.GET.get("before", "")
    older_than = int(before) if before.isdecimal() and before.isascii() and len(before) < 19 else None
    rows, more = rows_of(person.ref if person else "", most=PAGE, older_than=older_than)
    return window(request, "storefront/my_orders.html", {"rows": rows, "more": more, "part": "orders"})


@require_safe
@order_page
def order(request: HttpRequest, door: OpenOrder) -> HttpResponse:
    """Where it is, what was promised, what is in it, and what can be done about it."""
    return order_view(request, door)


def order_view(
    request: HttpRequest, door: OpenOrder, *, day_form: DayForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of the order, also after a form on it was refused."""
    context = {
        "door": door,
        "story": story_of(door.order, at=now()),
        "opinion": door.address("opinion"),
        "reports": reports_of(door.order),
        "words_form": WordsForm(),
        "day_form": day_form or DayForm(),
        "addresses": {name: door.address(name) for name in ADDRESSES},
    }
    return window(request, "storefront/order.html", context, status=status)
