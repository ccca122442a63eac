"""The visitor's basket: its name and its number of pieces, in a signed cookie."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse

from vafa.checkout.models import Basket
from vafa.checkout.queries import basket_by, open_basket

COOKIE = "vafa_basket"
KEPT = timedelta(days=30)
SALT = "vafa.storefront.basket"


def basket_name(request: HttpRequest) -> UUID | None:
    """The public id in the cookie; None before, and where the cookie is not one of ours."""
    return _read(request)[0]


def pieces_in(request: HttpRequest) -> int:
    """How many pieces were in the basket when the cookie was written, for the frame: no question to the database."""
    return _read(request)[1]


def basket_of(request: HttpRequest) -> Basket | None:
    """The visitor's basket, as long as no order has come of it."""
    return open_basket(basket_name(request))


def any_basket_of(request: HttpRequest) -> Basket | None:
    """The visitor's basket, whatever became of it."""
    return basket_by(basket_name(request))


def remember_basket(response: HttpResponse, basket: Basket, pieces: int, *, secure: bool) -> None:
    """Keep the basket's name. It is needed for what the visitor asked for, so it wants no consent."""
    response.set_cookie(
        COOKIE,
        signing.dumps([str(basket.public_id), pieces], salt=SALT),
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def forget_basket(response: HttpResponse) -> None:
    """An order came of it: the next article begins a new one."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _read(request: HttpRequest) -> tuple[UUID | None, int]:
    try:
        name, pieces = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
        return UUID(str(name)), int(pieces)
    except (signing.BadSignature, TypeError, ValueError):
        return None, 0
