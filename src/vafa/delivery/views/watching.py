"""The staff's pages of the watch: promises at risk, alerts, the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.actions import noticing, slipping
from vafa.delivery.actions.choosing import done_with
from vafa.delivery.actions.watching import save_watch_rules
from vafa.delivery.forms.watch import CalledForm, ProposeForm, RiskFilterForm, WatchRulesForm, WordsForm
from vafa.delivery.models import Decision, Notice, Slip
from vafa.delivery.queries import watching as queries
from vafa.delivery.queries.options import option_by
from vafa.delivery.queries.risk_rows import risk_row_of, risk_rows
from vafa.delivery.queries.slips import alerts_in_words, in_danger_of
from vafa.delivery.watch_words import common_in_words
from vafa.kit import clock
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import safe_next
from vafa.kit.problems import Problem, show_in_form
from vafa.promises.models import Promise
from vafa.promises.queries import promise_by
from vafa.shop.queries import place_name, the_shop

PAGE = 25


@require_GET
@staff_required
def at_risk(request: HttpRequest) -> HttpResponse:
    """Promises that will probably be broken, the dearest first, and what waits for a person."""
    form = RiskFilterForm(request.GET, place=_place, option=_option_name)
    page = _page_number(request)
    found = queries.promises_at_risk(form.chosen())
    shown = list(found[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "form": form,
        "rows": risk_rows(shown[:PAGE]),
        "next_page": page + 1 if len(shown) > PAGE else None,
        "previous_page": page - 1,
        "is_narrowed": bool(form.chosen()),
        "slips": alerts_in_words(),
        "to_do": [(notice, _option_name(notice.chosen.get("option", ""))) for notice in queries.choices_to_do()[:PAGE]],
        "status": queries.watch_status(),
        "below": queries.AT_RISK_BELOW,
        "rules": queries.watch_rules(),
    }
    return render(request, "delivery/at_risk.html", context)


@require_GET
@staff_required
def moved(request: HttpRequest) -> HttpResponse:
    """The list had another address once; it may be in somebody's bookmarks."""
    return redirect("delivery:at-risk", permanent=True)


@require_POST
@staff_required
def tell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell this customer now."""
    return _done(request, lambda: noticing.tell_now(_promise(public_id), by=_who(request)), _("The customer is told."))


@require_POST
@staff_required
def called(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The customer was told on the phone, in these words."""
    promise, form = _promise(public_id), CalledForm(request.POST)
    if form.is_valid():
        try:
            day = form.cleaned_data["called_on"]
            noticing.told_by_phone(promise, by=_who(request), words=form.words(), new_on=day)
        except Problem as refused:
            show_in_form(Problem(refused.code, refused.sentence, field="called_on" if refused.field else None), form)
        else:
            messages.success(request, _("Noted."))
            return redirect("delivery:at-risk")
    return _tell_page(request, promise, called_form=form)


@require_http_methods(["GET", "POST"])
@staff_required
def propose_date(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell this customer with a day and words of one's own."""
    promise = _promise(public_id)
    if request.method != "POST":
        return _tell_page(request, promise)
    form = ProposeForm(request.POST, shop=the_shop(), watched=queries.watched_of(promise))
    if form.is_valid():
        try:
            new_on = form.cleaned_data["new_on"]
            noticing.tell_now(promise, by=_who(request), new_on=new_on, words=form.words())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("The customer is told."))
            return redirect("delivery:at-risk")
    return _tell_page(request, promise, form=form)


def _tell_page(
    request: HttpRequest, promise: Promise, *, form: ProposeForm | None = None, called_form: CalledForm | None = None
) -> HttpResponse:
    row = risk_row_of(promise)
    watched = row.watched if row else None
    context = {
        "promise": promise,
        "form": form or ProposeForm(shop=the_shop(), watched=watched),
        "called_form": called_form or CalledForm(),
        "row": row,
    }
    failed = bool((form and form.errors) or (called_form and called_form.errors))
    return render(request, "delivery/propose_date.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
@staff_required
def alert(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One alert: what its promises have in common, and one decision for all of them."""
    slip = get_object_or_404(Slip, public_id=public_id)
    form = WordsForm(request.POST or None, shop=the_shop())
    if request.method == "POST" and form.is_valid():
        decision = request.POST.get("decision", "")
        slipping.decide_slip(slip, decision, by=_who(request), words=form.words())
        done = _("All of them will be told.") if decision == Decision.SEND else _("They wait for the new deadline.")
        messages.success(request, done)
        return redirect("delivery:at-risk")
    concerned = in_danger_of(slip, at=clock.now())
    context = {
        "slip": slip,
        "common": common_in_words(slip.common),
        "form": form,
        "rows": risk_rows(queries.watched_by(concerned[:PAGE])),
        "more": max(0, len(concerned) - PAGE),
        "can_wait": slip.decision == Decision.NONE,
    }
    return render(request, "delivery/alert.html", context, status=422 if form.errors else 200)


@require_POST
@staff_required
def not_now(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """This proposed notice is not sent."""
    notice = get_object_or_404(Notice, public_id=public_id)
    return _done(request, lambda: noticing.drop_notice(notice, by=_who(request)), _("Not told this time."))


@require_POST
@staff_required
def done(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the customer chose has been done."""
    notice = get_object_or_404(Notice, public_id=public_id)
    return _done(request, lambda: done_with(notice), _("Done."))


@require_http_methods(["GET", "POST"])
@owner_required
def rules(request: HttpRequest) -> HttpResponse:
    """When customers are told."""
    form = WatchRulesForm(request.POST or None, rules=queries.watch_rules())
    if request.method == "POST" and form.is_valid():
        save_watch_rules(**form.values())
        messages.success(request, _("Saved."))
        return redirect("delivery:watch-rules")
    return render(request, "delivery/watch_rules.html", {"form": form}, status=422 if form.errors else 200)


def _done(request: HttpRequest, act: Callable[[], Any], sentence: str) -> HttpResponse:
    try:
        act()
    except Problem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, sentence)
    return redirect(safe_next(request, "/at-risk/"))


def _promise(public_id: UUID) -> Promise:
    """The one door from an address to a promise; only customers are told of theirs."""
    promise = promise_by(public_id)
    if promise is None or not promise.is_a_customers:
        raise Http404
    return promise


def _who(request: HttpRequest) -> str:
    return f"staff:{request.user.pk}"


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked) else 1


def _place(name: str) -> str:
    return place_name(name, the_language(None))


def _option_name(code: str) -> str:
    option = option_by(code) if code else None
    return (option.name.get(the_language(None)) or option.name.get("en") or code) if option else code
