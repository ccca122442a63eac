"""Lists of what is for sale, for those who compare shops. They tell what every visitor sees."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from vafa.catalog.queries import state_of_wares
from vafa.kit.clock import real_now
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.shop.queries import shop_name, the_shop
from vafa.storefront.google import feed, packed
from vafa.storefront.torob import BadAsk, answer
from vafa.storefront.torob_token import is_torobs

A_MINUTE = 120  # questions of Torob's kind from one address
WHOLE_LISTS = 12  # a minute, from one address


@csrf_exempt  # a machine asks, and nothing is changed
@require_POST
def torob(request: HttpRequest) -> JsonResponse:
    """What Torob asks for. 400 for a wrong body, 401 without its token where its key is set, 429 too often."""
    try:
        limit_rate("torob", client_address(request), most=A_MINUTE, per=timedelta(minutes=1))
    except Problem as refused:
        return _refused(str(refused), refused.status)
    key, token = settings.TOROB_KEY, request.headers.get("X-Torob-Token", "")
    if key and not is_torobs(token, key, host=request.get_host(), now=real_now().timestamp()):
        return _refused("X-Torob-Token is missing, expired or not Torob's for this shop", 401)
    try:
        return JsonResponse(answer(_body(request)), json_dumps_params={"ensure_ascii": False})
    except BadAsk as wrong:
        return _refused(str(wrong), 400)


def _body(request: HttpRequest) -> object:
    try:
        return json.loads(request.body) if request.body else None
    except (ValueError, RecursionError, RequestDataTooBig, UnreadablePostError):
        raise BadAsk("the body is no JSON that can be read") from None


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


@require_safe
def google(request: HttpRequest) -> HttpResponseBase:
    """Everything for Google's Merchant Center in the shop's first language, streamed; packed for who can unpack it.

    It has an ETag and no time of its last change: pieces that are sold leave none. Problem `too-many-requests`.
    """
    limit_rate("google", client_address(request), most=WHOLE_LISTS, per=timedelta(minutes=1))
    name, language = shop_name(), the_shop().default_language
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{_state(name, language)}{"-gz" if packs else ""}"'
    response = get_conditional_response(request, etag=etag) or _streamed(request, feed(name, language), packs=packs)
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _state(*beside: str) -> str:
    said = "\0".join([state_of_wares(), settings.PUBLIC_URL, *beside])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _streamed(request: HttpRequest, portions: Iterator[bytes], *, packs: bool) -> StreamingHttpResponse:
    """Under ASGI a plain iterator would be read to its end before the first byte leaves."""
    chosen = packed(portions) if packs else portions
    content = _one_by_one(chosen) if isinstance(request, ASGIRequest) else chosen
    response = StreamingHttpResponse(content, content_type="application/xml; charset=utf-8")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    return response


async def _one_by_one(portions: Iterator[bytes]) -> AsyncIterator[bytes]:
    following = sync_to_async(lambda: next(portions, None))
    while (portion := await following()) is not None:
        yield portion
