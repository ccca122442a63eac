"""Who the visitor is, and the one door to an order: by a signed link to this one, or signed in to one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from vafa.customers.actions.signing_in import SESSION_LASTS
from vafa.customers.models import Customer
from vafa.customers.queries import customer_with_session
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.orders.links import order_behind
from vafa.orders.models import Order
from vafa.orders.queries import orders_of

COOKIE = "vafa_customer"
SALT = "vafa.storefront.customer"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def secret_of(request: HttpRequest) -> str:
    """The secret of the session in the visitor's cookie; "" where it is none of ours."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SESSION_LASTS))
    except signing.BadSignature:
        return ""


def customer_of(request: HttpRequest) -> Customer | None:
    """The customer who is signed in, looked up once for a request; None for everybody else, staff too."""
    if not hasattr(request, "_customer"):
        secret = secret_of(request)
        found = customer_with_session(secret, at=real_now()) if secret else None
        request._customer = found  # type: ignore[attr-defined]
    return cast("Customer | None", request._customer)  # type: ignore[attr-defined]


def remember_session(response: HttpResponse, secret: str, *, secure: bool) -> None:
    """Keep the customer signed in in this browser."""
    age = int(SESSION_LASTS.total_seconds())
    response.set_cookie(
        COOKIE, signing.dumps(secret, salt=SALT), max_age=age, httponly=True, samesite="Lax", secure=secure
    )


def customer_required(view: View) -> View:
    """Signed-in customers; everybody else is asked to sign in, and comes back here then."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if customer_of(request) is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return cast("View", gate)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    return redirect(f"{reverse('storefront:my')}?{urlencode({'next': here})}" if here else "storefront:my")


@dataclass(frozen=True)
class OpenOrder:
    """An order whose door is open to this visitor. `word` is that of the link he came by; "" for one who is signed in.

    Templates ask it for the addresses of the order's pages, so that a visitor stays within the door he came by.
    """

    order: Order
    word: str = ""

    def address(self, name: str) -> str:
        """Of the order's page of that name ("" for the first)."""
        page = f"-{name}" if name else ""
        if self.word:
            return reverse(f"storefront:order{page}", args=[self.word])
        return reverse(f"storefront:my-order{page}", args=[self.order.number])


def the_order(request: HttpRequest, *, word: str = "", number: str = "") -> OpenOrder:
    """The order behind a signed word, or the signed-in customer's own of that number. There is no other way to one.

    Problem `link-over` (410) for a word that is forged, cut short or too old; 404 for a number that is not his, whether
    or not there is such an order.
    """
    if word:
        found = order_behind(word)
        if found is None:
            sentence = _("This link has ended or is not complete. Please open the newest message of the shop.")
            raise Problem("link-over", sentence, status=410)
        return OpenOrder(found, word)
    person = customer_of(request)
    own = (
        orders_of(person.ref).select_related("bill", "recipient").filter(number=number).first()
        if person and "\x00" not in number
        else None
    )
    if own is None:
        raise Http404
    return OpenOrder(own)


def order_page(view: Callable[[HttpRequest, OpenOrder], HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page of one order: by the door of its address, before anything else. Nothing of it is kept by anybody."""

    @wraps(view)
    def gate(request: HttpRequest, word: str = "", number: str = "") -> HttpResponseBase:
        if not word and customer_of(request) is None:
            return to_sign_in(request)
        response = view(request, the_order(request, word=word, number=number))
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return gate
