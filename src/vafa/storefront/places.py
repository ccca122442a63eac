"""Where the visitor wants it: chosen once, kept in a signed cookie, shown on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse

from vafa.delivery.queries.places import destination_of
from vafa.kit.problems import Problem
from vafa.shop.queries import remembered, the_shop

COOKIE = "vafa_place"
KEPT = timedelta(days=365)
SALT = "vafa.storefront.place"


@dataclass(frozen=True)
class ChosenPlace:
    """`named` is what questions about dates are asked with, a code or a city's name; `city` and `region` are for
    showing, as the shop keeps them. `is_known`: whether the shop knew it when it was chosen.
    """

    named: str
    city: str
    region: str
    is_known: bool = True


def place_of(request: HttpRequest) -> ChosenPlace | None:
    """What this visitor chose; None before, and where the cookie is not one of ours."""
    try:
        return ChosenPlace(*signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def home_place() -> ChosenPlace | None:
    """The shop's own city, as if a visitor had chosen it; None where it is not said, or no date is known to there."""
    return remembered("storefront.home", _home_place) if the_shop().city else None


def _home_place() -> ChosenPlace | None:
    city = the_shop().city
    try:
        found = destination_of(city).place
    except Problem:
        return None
    return ChosenPlace(city, found.city or found.code, found.region)


def remember_place(response: HttpResponse, place: ChosenPlace, *, secure: bool) -> None:
    """Keep the choice for a year. It is needed for what the visitor asked for, so it wants no consent."""
    response.set_cookie(
        COOKIE,
        signing.dumps([place.named, place.city, place.region, place.is_known], salt=SALT),
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
