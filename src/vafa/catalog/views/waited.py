"""What customers wait for, so that the shop orders it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vafa.accounts.access import staff_required
from vafa.catalog.queries.waited import waited_for
from vafa.kit import clock

SHOWN = 100


@require_safe
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """The articles that most people wait for; who they are is nobody's business here."""
    return render(request, "catalog/waited_for.html", {"articles": waited_for(at=clock.now())[:SHOWN]})
