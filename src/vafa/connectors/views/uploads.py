"""Files that come through a form: too large a body is refused before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from vafa.connectors import storage

ROUND_A_FILE = 64 * 1024  # what a form adds to the file in it
View = Callable[[HttpRequest], HttpResponse]


def takes_file(view: View) -> View:
    """The length is looked at first; the check of the form's own word would read the whole body."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def looked_at(request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.headers.get("Content-Length") or 0)
        except ValueError:
            length = 0
        if length > settings.MAX_UPLOAD_BYTES + ROUND_A_FILE:
            raise storage.too_large()
        return protected(request)

    return looked_at
