"""The customer's page: his promise is in danger, and he chooses how it goes on. No signing in, one signed link."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vafa.customers import queries as customers
from vafa.delivery.actions import choosing
from vafa.delivery.links import notice_behind
from vafa.delivery.models import Choice, Notice
from vafa.delivery.queries.offering import offer_of
from vafa.delivery.queries.slot_records import hours_of_promise
from vafa.kit import clock
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.promises.queries import chain_of

MINUTE = timedelta(minutes=1)


@require_http_methods(["GET", "POST"])
@never_cache
def choose(request: HttpRequest, word: str) -> HttpResponse:
    """A GET shows what can be chosen and changes nothing; a POST chooses, once."""
    notice = notice_behind(word)
    if notice is None:
        sentence = _("This link has ended or is not complete. Please open the newest message of the shop.")
        raise Problem("link-over", sentence, status=410)
    with override(_language(request, notice)):
        return _chosen(request, notice, word) if request.method == "POST" else _page(request, notice)


def _chosen(request: HttpRequest, notice: Notice, word: str) -> HttpResponse:
    limit_rate("choose", client_address(request), most=30, per=MINUTE)
    try:
        choosing.choose(
            notice,
            request.POST.get("choice", ""),
            day=_day(request.POST.get("day", "")),
            option=request.POST.get("option", ""),
        )
    except Problem as refused:
        if refused.code not in {"over", "offer-changed"}:
            raise
        return _page(request, notice, refused)
    return redirect("delivery:choose", word)


def _page(request: HttpRequest, notice: Notice, refused: Problem | None = None) -> HttpResponse:
    at = clock.now()
    notice.refresh_from_db()
    latest = chain_of(notice.promise)[-1]
    offer = None if notice.choice else offer_of(notice, at=at)
    context: dict[str, Any] = {
        "notice": notice,
        "promise": notice.promise,
        "hours": hours_of_promise(notice.promise),
        "latest": latest,
        "offer": offer,
        "refused": refused if offer is None or offer.is_open else None,
        "chosen_day": _day(notice.chosen.get("day", "")),
        "accepted": notice.choice == Choice.ACCEPT,
        "cancelled": notice.choice == Choice.CANCEL,
        "of_hundred": round(100 * offer.new_probability) if offer and offer.new_probability else None,
    }
    return render(request, "delivery/choose.html", context, status=refused.status if refused else 200)


def _language(request: HttpRequest, notice: Notice) -> str:
    """What the visitor has chosen here, else the customer's own."""
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
        return get_language() or "en"
    person = customers.customer(notice.promise.party_ref)
    return (person.language if person else "") or get_language() or "en"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
