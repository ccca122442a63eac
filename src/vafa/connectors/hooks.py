"""The door for carriers' messages: checked, kept, answered. Nothing in a message is looked at here."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from vafa.connectors.actions.inbox import receive
from vafa.connectors.actions.sources import remember_refusal
from vafa.connectors.models import Through, TrackingSource
from vafa.connectors.queries.tracking import secrets_of, source_by
from vafa.connectors.tracking.faults import SENTENCES
from vafa.connectors.tracking.form import forms
from vafa.connectors.tracking.signatures import refusal
from vafa.kit.clock import real_now
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem

MOST_BYTES = 1024 * 1024
A_MINUTE = 600  # messages of one source from one address


@csrf_exempt
@require_POST
def hook(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a signed message. 202 only once it is committed, also for one that is known; 4xx with JSON otherwise.

    404 unknown or switched off, 401 not signed rightly, 413 larger than 1 MiB, 429 too many.
    """
    try:
        return _hook(request, code)
    except Problem as refused:
        return JsonResponse(refused.as_json(), status=refused.status)


def _hook(request: HttpRequest, code: str) -> HttpResponse:
    limit_rate("hook", f"{code[:40]}:{client_address(request)}", most=A_MINUTE, per=timedelta(minutes=1))
    source = source_by(code)
    form = forms().get(source.form) if source else None
    if source is None or not source.enabled or form is None or form.signature is None:
        raise Problem("not-found", _("There is no such source."), status=404)
    body = _body(request, source)
    at = real_now()
    secrets = secrets_of(source, at)
    why = refusal(form.signature, secrets, request.headers, body, at) if secrets else "no-secret"
    if why:
        raise _refused(source, why, 401)
    receive(source, body, through=Through.WEBHOOK, at=at)
    return JsonResponse({"received": True}, status=202)


def _body(request: HttpRequest, source: TrackingSource) -> bytes:
    length = str(request.headers.get("Content-Length") or "0")
    if not length.isdigit() or int(length[:12]) > MOST_BYTES:
        raise _refused(source, "too-large", 413)
    try:
        return request.body
    except RequestDataTooBig:
        raise _refused(source, "too-large", 413) from None
    except UnreadablePostError:
        raise Problem("broken-off", _("The message broke off."), status=400) from None


def _refused(source: TrackingSource, why: str, status: int) -> Problem:
    """Written down at most once a minute, so that nobody can make us write."""
    if cache.add(f"hook-refused:{source.pk}", 1, timeout=60):
        remember_refusal(source, why)
    return Problem(why, SENTENCES[why], status=status)
