"""Where browsers tell of a visit."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from vafa.kit import clock
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.visits.actions import keep_visit
from vafa.visits.beacon import wants_no_measuring
from vafa.visits.forms import VisitForm

MOST_BYTES = 1_000
FROM_ONE, FROM_ALL = 240, 12_000  # a minute; many share an address behind their mobile carrier


@csrf_exempt  # it changes nothing for whoever sends it, and a page that is being left can bring no token
@never_cache
@require_POST
def arrived(request: HttpRequest) -> HttpResponse:
    """Keep it. The answer is empty: nobody is there any more to read it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Problem("other-origin", _("This is told by the shop's own pages only."), status=403)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Problem("body-too-large", _("The body is too large."), status=413)
    limit_rate("visit", client_address(request), most=FROM_ONE, per=timedelta(minutes=1))
    limit_rate("visits", "all", most=FROM_ALL, per=timedelta(minutes=1))
    form = VisitForm(request.POST)
    if not form.is_valid():
        raise Problem("bad-visit", _("These are not the figures of a visit."), status=422)
    if not wants_no_measuring(request):
        keep_visit(form.told(), at=clock.now())
    return HttpResponse(status=204)
