"""One-click unsubscribing (RFC 8058): only a POST changes anything; it needs no cookie, no token, no redirect."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vafa.customers import queries as customers
from vafa.kit.clock import now
from vafa.kit.signing import open_word
from vafa.messages import actions
from vafa.messages.queries.rendering import LEAVE
from vafa.shop.queries import the_shop


@csrf_exempt  # mail programs post without any page of ours; the signed word is the permission
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, word: str) -> HttpResponse:
    """A GET shows the button, a POST ends messages of this one purpose. The customer reads his own language."""
    held = open_word(LEAVE, word)
    if held is None:
        raise Http404
    person = customers.customer(cast("str", held["customer"]))
    with translation.override((person.language if person else "") or the_shop().default_language):
        if request.method == "POST" and person is not None:
            actions.end_offers(person.ref, cast("str", held["purpose"]), at=now())
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("OK", content_type="text/plain")
        return render(request, "messages/leave.html", {"done": request.method == "POST"})
