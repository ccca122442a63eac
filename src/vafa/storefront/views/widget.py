"""The doors of the widget: its script, and the two questions it asks from pages of other origins."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache, wraps
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from vafa.kit import clock
from vafa.kit.formats import plain_digits, prefer
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.shop.queries import preferences_of, the_shop
from vafa.storefront.customer import the_order
from vafa.storefront.forms import LONGEST
from vafa.storefront.queries import is_allowed
from vafa.storefront.widget.following import order_of, order_shown, tracking_words
from vafa.storefront.widget.promising import Wanted, promise_shown

QUESTIONS = 300  # a minute from one address: whole cities share one behind their mobile carrier
TRIES, TRIES_OF_ONE = 60, 10  # of orders: from one address in ten minutes, of one number in an hour
LOOKED_AGAIN = 3600  # seconds after which browsers look whether the script is a newer one
LONGEST_WORD = 400
MOST_MINOR, MOST_GRAMS = 10**12, 10**6
Answer = Callable[[HttpRequest], JsonResponse]


@lru_cache
def the_script() -> tuple[bytes, bytes, str]:
    """The widget, plain and compressed, and the mark of its content."""
    plain = Path(str(finders.find("widget/vafa.js"))).read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16]


@require_safe
def script(request: HttpRequest) -> HttpResponseBase:
    """The script at its stable address; with `?v=` and its mark it may be kept for ever."""
    plain, compressed, mark = the_script()
    response = get_conditional_response(request, etag=f'"{mark}"') or HttpResponse(
        plain, content_type="text/javascript; charset=utf-8"
    )
    if response.status_code == 200 and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = compressed
        response["Content-Encoding"] = "gzip"
    response["ETag"] = f'"{mark}"'
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    if request.GET.get("v") == mark:
        patch_cache_control(response, public=True, max_age=365 * 86400, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=LOOKED_AGAIN)
    return response


def for_sites(view: Answer) -> Callable[[HttpRequest], HttpResponseBase]:
    """Only pages of the origins that the owner has entered for the key may read the answer. Cookies play no part."""

    @wraps(view)
    def gate(request: HttpRequest) -> HttpResponseBase:
        origin = request.headers.get("Origin", "")
        with override(_language(request)):
            prefer(preferences_of(the_shop()))
            try:
                if not is_allowed(request.GET.get("key", ""), origin):
                    raise Problem("origin-not-allowed", _("This page may not ask here."), status=403)
                limit_rate("widget", client_address(request), most=QUESTIONS, per=timedelta(minutes=1))
                response = view(request)
            except Problem as problem:
                response = JsonResponse(problem.as_json(), status=problem.status)
            if response.status_code != 403:
                response["Access-Control-Allow-Origin"] = origin
                response["Cross-Origin-Resource-Policy"] = "cross-origin"
        patch_vary_headers(response, ["Origin"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return gate


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "").split("-")[0].lower()
    return asked if asked in dict(settings.LANGUAGES) else the_shop().default_language


def _spoken(values: dict[str, object]) -> JsonResponse:
    """The values with the way they run."""
    return JsonResponse({"dir": "rtl" if get_language_bidi() else "ltr", **values})


@require_safe
@for_sites
def promise(request: HttpRequest) -> JsonResponse:
    """When it would be there; without `to`, the words with which to ask for the place."""
    asked = request.GET
    wanted = Wanted(
        to=_word(asked.get("to", "")),
        product=_word(asked.get("product", "")),
        price_minor=int(_number(asked.get("price", ""), MOST_MINOR) or 0),
        weight_g=_number(asked.get("weight", ""), MOST_GRAMS),
    )
    response = _spoken(promise_shown(wanted, clock.now()))
    patch_cache_control(response, private=True, max_age=60)
    return response


@csrf_exempt  # it reads, and takes no cookie into account
@require_POST
@for_sites
def track(request: HttpRequest) -> JsonResponse:
    """One order; the same refusal for a number that is not there and for a contact that is not of it."""
    said = request.POST
    if word := said.get("word", "")[:LONGEST_WORD]:
        return _spoken(order_shown(the_order(request, word=word).order, at=clock.now(), word=word))
    number, contact = _word(said.get("number", "")), _word(said.get("contact", ""))
    if not (number and contact):
        return _spoken({"words": tracking_words()})
    limit_rate("widget-try", client_address(request), most=TRIES, per=timedelta(minutes=10))
    limit_rate("widget-order", hashlib.sha256(number.encode()).hexdigest(), most=TRIES_OF_ONE, per=timedelta(hours=1))
    order = order_of(number, contact)
    if order is None:
        raise Problem("no-such-order", _("No order is known by this number and contact."), status=404)
    return _spoken(order_shown(order, at=clock.now()))


def _word(written: str) -> str:
    return written.replace("\x00", "").strip()[:LONGEST]


def _number(written: str, most: int) -> float | None:
    """A number as a page wrote it; None for anything that is none."""
    try:
        found = float(plain_digits(written))
    except ValueError:
        return None
    return found if 0 <= found <= most else None  # false for what is no number
