"""Every refusal of the API is JSON of one shape: {"code", "message", "field"}."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from vafa.kit.problems import Problem, Text

MOST_BYTES = 256 * 1024
PREFIX = "/api/"
PLAIN: dict[int, tuple[str, Text]] = {
    400: ("bad-request", _("This request cannot be understood.")),
    403: ("forbidden", _("This is not allowed.")),
    404: ("not-found", _("There is nothing at this address.")),
    405: ("method-not-allowed", _("This address does not take this method.")),
    413: ("body-too-large", _("The body is too large.")),
    500: ("fault", _("Something went wrong on our side. Please try again.")),
}


class JsonParser(Parser):
    """Bodies are JSON of a sane size without NaN; anything else is refused before it reaches a route."""

    def parse_body(self, request: HttpRequest) -> Any:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Problem("body-too-large", _("The body is too large."), status=413)
        try:
            return json.loads(request.body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise Problem("malformed-json", _("The body is not valid JSON."), status=400) from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def answer_with_json(api: NinjaAPI) -> None:
    """Put the handlers of all refusals on the API."""

    @api.exception_handler(Problem)
    def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
        return api.create_response(request, problem.as_json(), status=problem.status)

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, refused: ValidationError) -> HttpResponse:
        return api.create_response(request, _first_fault(refused), status=422)

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, refused: HttpError) -> HttpResponse:
        # ninja wraps whatever the parser raises
        cause = refused.__cause__ or refused.__context__
        if isinstance(cause, Problem):
            return api.create_response(request, cause.as_json(), status=cause.status)
        return api.create_response(request, plain(refused.status_code), status=refused.status_code)

    @api.exception_handler(RequestDataTooBig)
    def _too_big(request: HttpRequest, refused: RequestDataTooBig) -> HttpResponse:
        return api.create_response(request, plain(413), status=413)

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, refused: Http404) -> HttpResponse:
        return api.create_response(request, plain(404), status=404)


FAULTS: dict[str, tuple[str, Text]] = {
    "missing": ("missing", _("This field is missing.")),
    "extra_forbidden": ("unknown-field", _("There is no such field.")),
    "greater_than_equal": ("out-of-range", _("This number is too small.")),
    "less_than_equal": ("out-of-range", _("This number is too large.")),
    "finite_number": ("out-of-range", _("This is not a number that can be used.")),
    "string_too_long": ("too-long", _("This text is too long.")),
    "too_long": ("too-long", _("This list is too long.")),
    "string_too_short": ("missing", _("This must not be empty.")),
    "string_pattern_mismatch": ("bad-text", _("This text holds characters that cannot be used here.")),
    "string_unicode": ("bad-text", _("This text holds characters that cannot be used here.")),
    "uuid_parsing": ("bad-id", _("This is not an id.")),
}
BELOW_ZERO = ("below-zero", _("This number cannot be below zero."))
WRONG_TYPE = ("wrong-type", _("This value is of the wrong type."))
BAD_TIME = ("bad-time", _("This is not a time. Write it like 2026-05-01T10:00:00Z."))


def _first_fault(refused: ValidationError) -> dict[str, str | None]:
    """The first of pydantic's complaints in our own words."""
    fault = refused.errors[0] if refused.errors else {}
    # ("body", "question", "weight_g") begins with the route's parameter; callers know their own field only
    where = [str(part) for part in fault.get("loc", ())]
    field = ".".join(where[2:] if where[:1] == ["body"] else where[1:]) or None
    code, sentence = _fault(str(fault.get("type", "")), fault.get("ctx") or {})
    return {"code": code, "message": str(sentence), "field": field}


def _fault(kind: str, context: Mapping[str, Any]) -> tuple[str, Text]:
    if kind == "greater_than_equal" and context.get("ge") == 0:
        return BELOW_ZERO
    if kind.startswith("datetime"):
        return BAD_TIME
    return FAULTS.get(kind, WRONG_TYPE)


def plain(status: int) -> dict[str, str | None]:
    """The body for a refusal about which nothing more is known than its status."""
    code, sentence = PLAIN.get(status, PLAIN[500] if status >= 500 else PLAIN[400])
    return {"code": code, "message": str(sentence), "field": None}


class JsonErrorsMiddleware:
    """Refusals made before any route (unknown address, wrong method, unreadable request) get the same shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith(PREFIX) or _is_json(response):
            return response
        replaced = JsonResponse(plain(response.status_code), status=response.status_code)
        if "Allow" in response:
            replaced["Allow"] = response["Allow"]
        return replaced


def _is_json(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("application/json")
