"""The sandbox's page: one pays, is refused, or walks away."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vafa.payments.actions.sandbox import decide
from vafa.payments.models import SandboxVisit
from vafa.payments.queries import sandbox_is_open

OUTCOMES = {"pay": "paid", "vanish": "paid", "refuse": "refused"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sandbox(request: HttpRequest, authority: str) -> HttpResponse:
    """What a gateway's page does: a GET shows what is to be paid, a POST decides, once, and leads back to the shop.

    Who pays and "vanishes" is not led back: the shop finds his payment by asking.
    """
    visit = SandboxVisit.objects.filter(authority=authority).first() if sandbox_is_open() else None
    if visit is None:
        raise Http404
    # by its path: the page may be open under another name of this server than the one that others know
    way_back = f"{urlsplit(visit.back).path}?{urlencode({'visit': visit.authority})}"
    chosen = request.POST.get("choice", "")
    if request.method == "POST" and chosen in OUTCOMES:
        decide(visit, OUTCOMES[chosen])
        if chosen != "vanish":
            return redirect(way_back)
        return redirect("payments:sandbox", visit.authority)
    return render(request, "payments/sandbox.html", {"visit": visit, "way_back": way_back})
