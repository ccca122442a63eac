"""Pages for everybody: a receipt, whether one is genuine, and the sealed record."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem, show_in_form
from vafa.promises import actions, queries
from vafa.promises.access import the_event, the_promise
from vafa.promises.forms.ledger import VerifyForm
from vafa.promises.models import Promise
from vafa.promises.public_keys import published
from vafa.promises.queries.remedies import cover_of
from vafa.promises.receipts import Checked, agrees, check_file, is_signed, read_file, receipt_file, seal_fields

SEALS = 60
MINUTE = timedelta(minutes=1)


@require_GET
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was promised to whom holds this address, and what became of it. No personal data."""
    promise = the_promise(public_id)
    chain = queries.chain_of(promise)
    context = {
        "promise": promise,
        "latest": chain[-1],
        "events": queries.events_of(promise),
        "receipt": queries.receipt_of(promise),
        "cover": cover_of(promise),
        "of_hundred": None if promise.probability is None else round(promise.probability * 100),
    }
    return render(request, "promises/receipt.html", context)


@require_GET
def receipt_download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    promise = the_promise(public_id)
    kept = queries.receipt_of(promise)
    if kept is None:
        return redirect("promises:receipt", public_id)
    return _file(receipt_file(kept), f"receipt-{promise.public_id}.json")


@require_POST
def receipt_issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Sign the receipt of an imported promise, for whoever holds its address."""
    limit_rate("receipt", client_address(request), most=20, per=MINUTE)
    actions.issue_receipt(the_promise(public_id))
    return redirect("promises:receipt", public_id)


@require_GET
def proof_download(request: HttpRequest, public_id: UUID, step: int) -> HttpResponse:
    limit_rate("proof", client_address(request), most=60, per=MINUTE)
    return _file(queries.proof_of(the_event(public_id, step)), f"proof-{public_id}-{step}.json")


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Is this receipt genuine, and what became of the promise?"""
    form = VerifyForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _verify_page(request, form)
    limit_rate("verify", client_address(request), most=60, per=MINUTE)
    try:
        if form.cleaned_data["promise"] and not form.shown():
            return _verify_page(request, form, promise=the_promise(form.cleaned_data["promise"]))
        held = read_file(form.shown())
        return _verify_page(
            request, form, checked=check_file(held, queries.public_keys(), queries.published_among(held))
        )
    except Problem as refused:
        show_in_form(refused, form)
        return _verify_page(request, form)


@require_GET
def sealed(request: HttpRequest) -> HttpResponse:
    """Every seal over the ledger, the newest first."""
    newest = list(_seals_before(request)[: SEALS + 1])
    keys = queries.public_keys()
    shown = [(seal, is_signed(seal_fields(seal), keys)) for seal in newest[:SEALS]]
    context = {"seals": shown, "before": newest[SEALS - 1].number if len(newest) > SEALS else None}
    return render(request, "promises/sealed.html", context)


@require_GET
@cache_control(public=True, max_age=300)
def keys_file(request: HttpRequest) -> HttpResponse:
    return JsonResponse(published(queries.published_keys()))


@require_GET
@cache_control(public=True, max_age=300)
def seals_file(request: HttpRequest) -> HttpResponse:
    """The newest thousand seals; `?before=NUMBER` for older ones."""
    return JsonResponse({"seals": [seal_fields(seal) for seal in _seals_before(request)[:1000]]})


def _seals_before(request: HttpRequest) -> Any:
    before = request.GET.get("before", "")
    seals = queries.seals()
    return seals.filter(number__lt=int(before)) if before.isascii() and before.isdigit() and len(before) < 9 else seals


def _verify_page(
    request: HttpRequest, form: VerifyForm, *, checked: Checked | None = None, promise: Promise | None = None
) -> HttpResponse:
    if checked is not None:
        promise = _known(checked.promise)
    context = {
        "form": form,
        "checked": checked,
        "promise": promise,
        "latest": queries.chain_of(promise)[-1] if promise else None,
        "agrees": bool(checked and promise and agrees(checked, promise)),
        "events": queries.events_of(promise) if promise else [],
    }
    return render(request, "promises/verify.html", context, status=422 if form.errors else 200)


def _known(name: str) -> Promise | None:
    try:
        return queries.promise_by(UUID(name))
    except ValueError:
        return None


def _file(content: dict[str, Any], name: str) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
