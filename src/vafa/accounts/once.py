"""Two equal POSTs of one form do one thing: a double click, a page gone back to and sent again.

Every page that is drawn carries a CSRF field with a value of its own, so that value names the page. The same member of
the staff sending the same body to the same address from the same page sends the same form again, and is led to where
the first one led. Guarded are all forms that end in a redirect; what was refused, or only shown, may be sent again.

A form that is answered by a page because it shows a secret makes that secret of itself (`secret_of`): sent again, it
shows the same. Customers' forms and what htmx sends are not guarded here; what they do is safe by its own state.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vafa.accounts.models import SentForm, User
from vafa.kit.clock import real_now
from vafa.kit.signing import stand_in

PAGE = "csrfmiddlewaretoken"
LARGEST = settings.MAX_UPLOAD_BYTES + 64 * 1024  # what is larger is refused, and nothing of it may be read before
REDIRECTS = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}


class OnceMiddleware:
    """The form's row is written in the transaction of what it does: both are there or neither. Whoever comes second
    at the same moment waits at the row's unique key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as whole:
            request.once = whole  # type: ignore[attr-defined]
            response = self.get_response(request)
            form: SentForm | None = getattr(request, "sent_form", None)
            if form is not None:
                _remember(form, response)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """After the CSRF check: begin the transaction, or answer what was answered before."""
        key = key_of(request)
        if key is None:
            return None
        request.once.enter_context(transaction.atomic())  # type: ignore[attr-defined]
        form, is_first = SentForm.objects.get_or_create(
            key=key, defaults={"user": cast("User", request.user), "at": real_now()}
        )
        if is_first:
            request.sent_form = form  # type: ignore[attr-defined]
            return None
        messages.info(request, _("This had been sent already. Here is what came of it."))
        return HttpResponseRedirect(form.location)


def key_of(request: HttpRequest) -> str | None:
    """The one name of this form, this body and this person; None where nothing is guarded."""
    whole = _whole(request)
    return None if whole is None else hashlib.sha256(whole.encode()).hexdigest()


def secret_of(request: HttpRequest, purpose: str) -> str | None:
    """64 hex digits that only this form of this person gives, the same each time it is sent; None where it cannot be
    told from others. Nobody finds them without both the page and this installation's secret key.
    """
    whole = _whole(request)
    return None if whole is None else stand_in(f"once.{purpose}", whole)


def _whole(request: HttpRequest) -> str | None:
    """All that tells this form from others, as one text."""
    if request.method != "POST" or "HX-Request" in request.headers or not request.user.is_authenticated:
        return None
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST or not request.POST.get(PAGE):
        return None
    fields = sorted((name, values) for name, values in request.POST.lists() if name != PAGE)
    files = sorted((name, each.name, each.size) for name, sent in request.FILES.lists() for each in sent)
    return json.dumps([request.user.pk, request.get_full_path(), request.POST[PAGE], fields, files])


def _remember(form: SentForm, response: HttpResponse) -> None:
    """Where the form led. It leads nowhere where it was refused; after a fault nothing of it stays."""
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or transaction.get_connection().needs_rollback:
        transaction.set_rollback(True)
    elif response.status_code in REDIRECTS:
        SentForm.objects.filter(pk=form.pk).update(location=response["Location"])
    else:
        SentForm.objects.filter(pk=form.pk).delete()
