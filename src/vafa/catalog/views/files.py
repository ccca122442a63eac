"""The files of pictures, for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from csp.constants import NONE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from vafa.catalog.pictures import content_of, kind_of

YEAR = 365 * 86400
View = Callable[[HttpRequest, str], HttpResponseBase]


def harmless(view: View) -> View:
    """Also where it is opened by itself nothing of it runs or loads."""
    policy = csp({"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": True})
    return cast("View", policy(cast("Any", view)))  # its own types know no views with arguments


@require_safe
@harmless
def picture(request: HttpRequest, file: str) -> HttpResponseBase:
    """A picture by the name of its file, which is its digest: what a browser has, it need not ask for again."""
    content = content_of(file)
    if content is None:
        raise Http404
    etag = f'"{file}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(content, content_type=kind_of(file))
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
