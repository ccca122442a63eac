"""What a person sees when something does not work: the same calm page for every reason, JSON for programs.

These pages ask neither the database nor the session anything, so that they stand when those have fallen.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Fault:
    """One kind of page: HTTP status, stable code, heading, what the reader can do."""

    status: int
    code: str
    title: LazyText
    text: LazyText
    icon: str = "info"


BAD_REQUEST = Fault(
    400,
    "bad-request",
    _("This request could not be read"),
    _("Something in the address or in the form was not as expected. Go back and try once more."),
)
FORBIDDEN = Fault(
    403,
    "forbidden",
    _("This page is not open to you"),
    _("You are signed in, but your role does not include this. The owner of the shop can change that."),
    "lock",
)
NOT_FOUND = Fault(
    404,
    "not-found",
    _("There is nothing here"),
    _("The address may be mistyped, or what was here has been removed."),
    "search",
)
TOO_MANY = Fault(
    429,
    "too-many-requests",
    _("A moment, please"),
    _("Too many requests came from here in a short time. Please wait a minute and try again."),
    "clock",
)
FAILED = Fault(
    500,
    "failed",
    _("This is our fault"),
    _("Something broke while the page was made. Nothing was half saved. Please try again; if it stays, tell the shop."),
    "alert",
)
CSRF = Fault(
    403,
    "form-expired",
    _("This form has expired"),
    _("The page was open for long, or cookies are switched off. Go back, reload the page and send the form again."),
    "refresh",
)
FAULTS = {"400": BAD_REQUEST, "403": FORBIDDEN, "404": NOT_FOUND, "429": TOO_MANY, "500": FAILED, "csrf": CSRF}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent what cannot be understood."""
    return answer(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return answer(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return answer(request, NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    return answer(request, FAILED)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its token."""
    return answer(request, CSRF)


def answer(request: HttpRequest, fault: Fault) -> HttpResponse:
    """The fault as a page, or as JSON for those who asked for JSON."""
    if request.path.startswith("/api/") or not request.accepts("text/html"):
        body = {"code": fault.code, "message": str(fault.title), "field": None}
        return JsonResponse(body, status=fault.status)
    context = {"fault": fault, "request": request, "csrf_token": get_token(request)}
    return HttpResponse(render_to_string("kit/fault.html", context), status=fault.status)
