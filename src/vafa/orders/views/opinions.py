"""What buyers said of products, for the staff to read before everybody does."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vafa.accounts.access import staff_required
from vafa.kit import clock
from vafa.orders.actions import decide_opinion
from vafa.orders.forms import ReplyForm
from vafa.orders.models import Opinion, OpinionState
from vafa.orders.queries import opinions_in

SHOWN = 50


@require_safe
@staff_required
def opinions(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; with `state` those shown or refused."""
    asked = request.GET.get("state", "")
    state = asked if asked in OpinionState.values else OpinionState.WAITING.value
    context = {
        "opinions": opinions_in(state)[:SHOWN],
        "states": [(value, label, value == state) for value, label in OpinionState.choices],
        "form": ReplyForm(auto_id=False),
    }
    return render(request, "orders/opinions.html", context)


@require_POST
@staff_required
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Show an opinion, with a reply or without, or refuse it."""
    opinion = Opinion.objects.filter(pk=number).first()
    form = ReplyForm(request.POST)
    if opinion is None or not form.is_valid():
        raise Http404
    shown = "refuse" not in request.POST
    reply = form.cleaned_data["reply"] if shown else ""
    decide_opinion(opinion, shown=shown, by=f"staff:{request.user.pk}", at=clock.now(), reply=reply)
    messages.success(request, _("Everybody can read it now.") if shown else _("Refused: nobody sees it."))
    return redirect("orders:opinions")
