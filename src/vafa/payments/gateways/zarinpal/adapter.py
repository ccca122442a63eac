"""Zarinpal v4: request → StartPay → back with `Authority` → verify.

The customer's `Status` on the way back is only his word: verify alone counts. 100 is paid, 101 was verified before;
both are yes, so asking twice is safe. Amounts are rials, named as such, because an account may count in toman. v4 has
no plain call for a refund (only a GraphQL service under a personal token), so refunds are sent by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vafa.payments.gateways.kinds import (
    Answer,
    Asked,
    GatewayKind,
    Opened,
    Refused,
    Setting,
    Settings,
    Silent,
    Verdict,
    Wanted,
    host,
)
from vafa.payments.gateways.speaking import part, speak

TAKEN, VERIFIED_BEFORE = 100, 101
OTHER_AMOUNT = -50
NOT_PAID = {-51, -55}  # no paid try in it; no such session yet
OTHERS = {-53, -54}  # of another account; no such authority
OVER = {"FAILED", "REVERSED"}
LONGEST_WORDS = 200


def open_payment(settings: Settings, wanted: Wanted) -> Opened:
    """Ask for a session."""
    known = {"mobile": _national(wanted.phone), "email": wanted.email, "order_id": wanted.order}
    asked = {
        "amount": wanted.amount_minor,
        "currency": "IRR",
        "description": wanted.words[:LONGEST_WORDS],
        "callback_url": wanted.back,
        "metadata": {name: each for name, each in known.items() if each},
    }
    data, error = _call(settings, "request", asked)
    authority = data.get("authority")
    if data.get("code") != TAKEN or not isinstance(authority, str) or not authority.isalnum():
        raise _no(error)
    return Opened(authority, f"{settings['host'].rstrip('/')}/pg/StartPay/{authority}")


def ask(settings: Settings, asked: Asked) -> Answer:
    """Verify the session; of one that is not paid, ask whether it still can be."""
    data, error = _call(settings, "verify", {"amount": asked.amount_minor, "authority": asked.authority})
    if data.get("code") in {TAKEN, VERIFIED_BEFORE}:
        # verify itself compares the amount, so its yes is to ours
        reference = str(data.get("ref_id") or "")
        return Answer(Verdict.PAID, asked.amount_minor, asked.currency, reference=reference)
    code = error.get("code")
    if code == OTHER_AMOUNT or code in OTHERS:
        return Answer(Verdict.REFUSED, sentence=_words(error))
    if code in NOT_PAID:
        found, _error = _call(settings, "inquiry", {"authority": asked.authority})
        return Answer(Verdict.REFUSED if found.get("status") in OVER else Verdict.OPEN, sentence=_words(error))
    raise Silent(_words(error))


def authority_in(query: Mapping[str, str]) -> str:
    """Whom the customer came back from."""
    return query.get("Authority", "")


def _call(settings: Settings, what: str, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(data, error) of the answer; one of them is empty."""
    address = f"{settings['host'].rstrip('/')}/pg/v4/payment/{what}.json"
    _status, answer = speak("POST", address, json={"merchant_id": settings["merchant_id"], **body})
    return part(answer, "data"), part(answer, "errors")


def _no(error: dict[str, Any]) -> Exception:
    """A refusal where the gateway gave one, else silence."""
    return Refused(_words(error)) if isinstance(error.get("code"), int) else Silent("no authority")


def _words(error: dict[str, Any]) -> str:
    return f"{error.get('code', '')} {error.get('message', '')}".strip()[:200]


def _national(phone: str) -> str:
    return f"0{phone[3:]}" if phone.startswith("+98") else ""


KIND = GatewayKind(
    name="zarinpal",
    way="online",
    labels={"fa": "زرین‌پال", "ar": "زرين‌بال", "en": "Zarinpal"},
    settings=(
        Setting("merchant_id", {"fa": "مرچنت‌کد", "ar": "رمز التاجر", "en": "Merchant id"}, secret=True),
        host("https://payment.zarinpal.com"),
    ),
    notes={
        "fa": "مبلغ‌ها به ریال فرستاده می‌شود. برگشت پول در پنل زرین‌پال انجام و شماره‌اش این‌جا ثبت می‌شود.",
        "ar": "تُرسل المبالغ بالريال. يُعاد المال من لوحة زرين‌بال ويُسجَّل رقم العملية هنا.",
        "en": "Amounts are sent in rials. Money is given back in Zarinpal's own panel, its number noted here.",
    },
    currencies=frozenset({"IRR"}),
    least_minor=10_000,
    open=open_payment,
    ask=ask,
    authority_in=authority_in,
)
