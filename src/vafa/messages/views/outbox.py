"""The outbox: every message, and one message as the customer sees it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vafa.accounts.access import staff_required
from vafa.customers import queries as customers
from vafa.customers.actions import record_look
from vafa.kit.clock import now, real_now
from vafa.messages import actions, queries
from vafa.messages.deciding import STALE_AFTER
from vafa.messages.models import Message, State
from vafa.messages.registry import all_templates
from vafa.messages.views.mail_style import shows_mail

PAGE = 50


def _message(public_id: UUID) -> Message:
    """The one door from an address to a message."""
    found = queries.message_by_public_id(public_id)
    if found is None:
        raise Http404
    return found


@require_safe
@staff_required
def outbox(request: HttpRequest) -> HttpResponse:
    """All messages, newest first; `?state=` and `?customer=` narrow, `?before=` turns the page."""
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    wanted = state if state in State.values else ""
    customer = request.GET.get("customer", "")[:64].replace("\x00", "")
    older_than = int(before) if before.isdecimal() and before.isascii() and len(before) < 19 else None
    found = list(queries.messages_in_view(wanted, older_than, customer)[: PAGE + 1])
    counts = queries.counts()
    labels = {each.name: each.label(get_language() or "en") for each in all_templates()}
    context = {
        "rows": [(each, labels.get(each.template, each.template)) for each in found[:PAGE]],
        "older_than": found[PAGE - 1].pk if len(found) > PAGE else None,
        "state": wanted,
        "customer": customer,
        "states": [(each.value, each.label, counts[each.value]) for each in State],
        "total": sum(counts.values()),
        "part": "outbox",
    }
    return render(request, "messages/outbox.html", context)


@require_safe
@staff_required
@shows_mail
def message_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One message: what the customer sees, what became of it, what can be done."""
    message = _message(public_id)
    record_look(request.user, message.customer_ref, "message", at=now())
    label = next((each.label(get_language() or "en") for each in all_templates() if each.name == message.template), "")
    is_fresh = now() - message.created_at <= STALE_AFTER
    context = {
        "message": message,
        "label": label or message.template,
        "person": customers.customer(message.customer_ref),
        "attempts": message.attempts.order_by("turn"),
        "can_release": message.state == State.HELD and is_fresh and not queries.the_rules().holds,
        "part": "outbox",
    }
    return render(request, "messages/message.html", context)


def _decide(request: HttpRequest, public_id: UUID, decision: Callable[[Message], None], said: str) -> HttpResponse:
    message = _message(public_id)
    decision(message)
    notices.success(request, said)
    return redirect("messages:message", message.public_id)


@require_POST
@staff_required
def arrived(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody found out that a message in doubt was sent."""
    return _decide(
        request, public_id, lambda each: actions.say_it_arrived(each, at=now()), _("The message counts as sent.")
    )


@require_POST
@staff_required
def again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more try for a message in doubt or failed."""
    return _decide(
        request, public_id, lambda each: actions.send_again(each, real_at=real_now()), _("The message is tried again.")
    )


@require_POST
@staff_required
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The message is not sent (again)."""
    return _decide(request, public_id, lambda each: actions.drop(each, at=now()), _("The message is not sent."))


@require_POST
@staff_required
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One held message is sent after all."""
    return _decide(
        request,
        public_id,
        lambda each: actions.release(each, at=now(), real_at=real_now()),
        _("The message is on its way."),
    )
