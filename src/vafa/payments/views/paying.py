"""The customer's way to the gateway and back, and what gateways tell by themselves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem
from vafa.payments.actions import open_at_gateway, verify
from vafa.payments.gateways import KINDS
from vafa.payments.models import GatewayAccount, Payment
from vafa.payments.queries import account_by, payment_at, payment_by, settings_of
from vafa.payments.queries.accounts import SANDBOX

MINUTE = timedelta(minutes=1)
LONGEST_MESSAGE = 262_144


def _payment(public_id: UUID) -> Payment:
    """The one door from an address to a payment for customers: its number is the permission, and cannot be guessed."""
    found = payment_by(public_id)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def pay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page between the shop and the gateway. It leads on by itself or by a link, not by a redirect: browsers refuse
    to follow a form's redirect to another site under our policy (`form-action 'self'`), which shall stay strict."""
    limit_rate("pay", client_address(request), most=60, per=MINUTE)
    payment = _payment(public_id)
    try:
        address = open_at_gateway(payment)
    except Problem as problem:
        return render(request, "payments/pay.html", {"payment": payment, "problem": problem}, status=503)
    if address is None:
        return redirect(payment.back_url)
    return render(request, "payments/pay.html", {"payment": payment, "address": address})


@never_cache
@require_safe
def back(request: HttpRequest, code: str) -> HttpResponse:
    """The customer comes back. What stands in the address only says which payment it is; the gateway is asked."""
    limit_rate("pay-back", client_address(request), most=60, per=MINUTE)
    kind = _kind(code)
    authority = KINDS[kind].authority_in
    payment = payment_at(code, authority(request.GET.dict())[:255]) if authority else None
    if payment is None:
        raise Http404
    return redirect(verify(payment).back_url)


def _kind(code: str) -> str:
    account = account_by(code)
    if account is None and code != SANDBOX:
        raise Http404
    return account.kind if account else SANDBOX


@csrf_exempt  # programs post here without any page of ours; the message is signed
@require_POST
def hook(request: HttpRequest, code: str) -> HttpResponse:
    """A gateway tells by itself. Signed or not, it is only a nudge: the gateway is asked about the payment."""
    limit_rate("pay-hook", client_address(request), most=600, per=MINUTE)
    account = account_by(code)
    payment = _told_of(request, account) if account else None
    if payment is not None:
        verify(payment)
    return HttpResponse("OK", content_type="text/plain")


def _told_of(request: HttpRequest, account: GatewayAccount) -> Payment | None:
    read, settings = KINDS[account.kind].hook, settings_of(account)
    if read is None or settings is None:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_MESSAGE:
        raise Problem("too-long", _("The message is too long."), status=413)
    authority = read(settings, request.body, request.headers)
    if authority is None:
        raise Problem("bad-signature", _("The signature is not right."), status=403)
    return payment_at(account.code, authority)
