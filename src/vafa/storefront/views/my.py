"""The customer's overview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vafa.customers.models import Customer
from vafa.storefront.frame import window
from vafa.storefront.order_rows import rows_of

FIRST = 3


def overview(request: HttpRequest, person: Customer) -> HttpResponse:
    """His newest orders, and the way to everything else that is his."""
    rows, _more = rows_of(person.ref, most=FIRST)
    return window(request, "storefront/my.html", {"person": person, "rows": rows})
