"""Who asked to be forgotten, and who of the staff looked at whose data: for the owner."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vafa.accounts.access import owner_required
from vafa.customers.queries import looks
from vafa.kit.clock import now
from vafa.requests.queries import erasures

PAGE = 100


@require_safe
@owner_required
def listing(request: HttpRequest) -> HttpResponse:
    """The newest of both; `?customer=` narrows to one number."""
    customer = request.GET.get("customer", "")[:64].replace("\x00", "")
    seen, wishes = looks(), erasures()
    if customer:
        seen, wishes = seen.filter(customer_ref=customer), wishes.filter(customer_ref=customer)
    context = {"looks": seen[:PAGE], "erasures": wishes[:PAGE], "customer": customer, "at": now()}
    return render(request, "requests/privacy.html", context)
