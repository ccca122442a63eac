"""The queue of changes that look like mistakes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vafa.accounts.access import staff_required
from vafa.catalog.actions.deciding import let_through, refuse
from vafa.catalog.queries.held import held_change, held_page
from vafa.kit.clock import now
from vafa.kit.http import safe_next
from vafa.kit.problems import Problem

PAGE = 30


@require_safe
@staff_required
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the newest first; with `decided=1` what was decided."""
    decided = request.GET.get("decided") == "1"
    typed = request.GET.get("before", "")
    below = int(typed) if typed.isdecimal() and len(typed) < 18 else None
    found = held_page(waiting=not decided, below=below, size=PAGE + 1)
    context = {
        "changes": found[:PAGE],
        "decided": decided,
        "is_later": below is not None,
        "before": found[PAGE - 1].held.pk if len(found) > PAGE else None,
    }
    return render(request, "catalog/waiting.html", context)


@require_POST
@staff_required
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let it through, or refuse it (`answer`). Back to where it was asked."""
    held = held_change(public_id)
    if held is None:
        raise Http404
    is_let_through = request.POST.get("answer") == "let-through"
    does: Callable[..., None] = let_through if is_let_through else refuse
    is_script = "HX-Request" in request.headers
    try:
        does(held, by=str(request.user), at=now())
    except Problem as refused:
        if is_script:
            return HttpResponse(str(refused), status=refused.status, content_type="text/plain; charset=utf-8")
        messages.warning(request, str(refused))
    else:
        if is_script:
            return HttpResponse(status=204)
        done = _("Let through: it holds now.") if is_let_through else _("Refused: it stays as it was.")
        messages.success(request, done)
    return redirect(safe_next(request, reverse("catalog:waiting")))
