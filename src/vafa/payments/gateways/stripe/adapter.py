"""Stripe by plain HTTP: a Checkout Session for each payment, asked about by its id; its own messages are only a nudge.

What a session says of itself on the way back or in a message is never taken as it stands: the session is fetched, and
its amount, currency and our token are compared. Every call that makes something carries an idempotency key, and a
refund is looked for before it is made, because Stripe forgets those keys after a day.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from vafa.kit.clock import real_now
from vafa.payments.gateways.kinds import (
    Answer,
    Asked,
    Back,
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
from vafa.payments.gateways.stripe.units import from_stripe, to_stripe

SESSION = re.compile(r"cs_\w{1,240}", re.ASCII)
OLDEST_MESSAGE = timedelta(minutes=5)
SHORTEST, LONGEST = timedelta(minutes=31), timedelta(hours=23)  # Stripe takes 30 minutes to 24 hours
GONE = {"failed", "canceled"}
LONGEST_LIST = 100


def open_payment(settings: Settings, wanted: Wanted) -> Opened:
    """Make a session; the same token again gives the same one."""
    try:
        amount = to_stripe(wanted.amount_minor, wanted.currency)
    except ValueError as cannot:
        raise Refused(str(cannot)) from None
    line = "line_items[0]"
    separator = "&" if "?" in wanted.back else "?"
    back = f"{wanted.back}{separator}session={{CHECKOUT_SESSION_ID}}"
    now = real_now()
    until = min(max(wanted.until, now + SHORTEST), now + LONGEST)
    form = {
        "mode": "payment",
        f"{line}[quantity]": "1",
        f"{line}[price_data][currency]": wanted.currency.lower(),
        f"{line}[price_data][unit_amount]": str(amount),
        f"{line}[price_data][product_data][name]": wanted.words,
        "client_reference_id": wanted.token,
        "payment_intent_data[description]": wanted.words,
        "payment_intent_data[metadata][payment]": wanted.token,
        "success_url": back,
        "cancel_url": back,
        "expires_at": str(int(until.timestamp())),
        **({"customer_email": wanted.email} if wanted.email else {}),
    }
    made = _call(settings, "POST", "checkout/sessions", form, key=f"vafa-{wanted.token}")
    authority, address = made.get("id"), made.get("url")
    if not isinstance(authority, str) or not SESSION.fullmatch(authority) or not isinstance(address, str):
        raise Silent("no session")
    return Opened(authority, address)


def ask(settings: Settings, asked: Asked) -> Answer:
    """Fetch the session."""
    try:
        found = _call(settings, "GET", f"checkout/sessions/{asked.authority}", {})
    except Refused as refused:
        raise Silent(str(refused)) from None  # a wrong key says nothing of the money
    currency = str(found.get("currency") or "").upper()
    if found.get("payment_status") == "paid":
        total = found.get("amount_total")
        return Answer(
            Verdict.PAID,
            amount_minor=from_stripe(total, currency) if isinstance(total, int) and currency else None,
            currency=currency,
            token=str(found.get("client_reference_id") or ""),
            reference=str(found.get("payment_intent") or "")[:120],
        )
    if found.get("status") == "expired":
        return Answer(Verdict.REFUSED, sentence="expired")
    if found.get("status") not in {"open", "complete"}:
        raise Silent("no state")
    return Answer(Verdict.OPEN)


def close(settings: Settings, asked: Asked) -> None:
    """Nobody can pay the session any more. One that is paid, or has ended, Stripe refuses to end."""
    _call(settings, "POST", f"checkout/sessions/{asked.authority}/expire", {}, key=f"vafa-end-{asked.authority}")


def give_back(settings: Settings, back: Back) -> str:
    """Refund a part of the payment; what an earlier try has made is found instead of made twice."""
    made = _refund_of(settings, back)
    if made is None:
        form = {
            "payment_intent": back.reference,
            "amount": str(to_stripe(back.amount_minor, back.currency)),
            "metadata[refund]": back.token,
        }
        made = _call(settings, "POST", "refunds", form, key=f"vafa-{back.token}")
    if made.get("status") in GONE:
        raise Refused(str(made.get("failure_reason") or made["status"]))
    if not isinstance(made.get("id"), str):
        raise Silent("no refund")
    return str(made["id"])[:80]


def _refund_of(settings: Settings, back: Back) -> dict[str, Any] | None:
    query = {"payment_intent": back.reference, "limit": str(LONGEST_LIST)}
    found = _call(settings, "GET", "refunds", query).get("data")
    if not isinstance(found, list):
        raise Silent("no list of refunds")
    ours = (each for each in found if isinstance(each, dict) and part(each, "metadata").get("refund") == back.token)
    return next(ours, None)


def authority_in(query: Mapping[str, str]) -> str:
    """The session that the customer came back from."""
    return query.get("session", "")


def hook(settings: Settings, body: bytes, headers: Mapping[str, str]) -> str | None:
    """The session a signed message is about, "" where it is about something else; None where it is not signed."""
    secret = settings.get("webhook_secret", "")
    if not secret or not _is_signed(secret, body, headers.get("Stripe-Signature", "")):
        return None
    try:
        told = json.loads(body)
    except ValueError:
        return ""
    about = part(part(told, "data"), "object") if isinstance(told, dict) else {}
    named = about.get("id")
    return named if isinstance(named, str) and SESSION.fullmatch(named) else ""


def _is_signed(secret: str, body: bytes, header: str) -> bool:
    """Whether one of the signatures is ours, over this body, and of the last minutes."""
    parts = [each.split("=", 1) for each in header.split(",") if "=" in each]
    times = [value for name, value in parts if name.strip() == "t"]
    if len(times) != 1 or not re.fullmatch(r"\d{1,12}", times[0], re.ASCII):
        return False
    if abs(real_now().timestamp() - int(times[0])) > OLDEST_MESSAGE.total_seconds():
        return False
    right = hmac.new(secret.encode(), f"{times[0]}.".encode() + body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(right.encode(), each.encode()) for name, each in parts if name.strip() == "v1")


def _call(settings: Settings, method: str, what: str, form: Mapping[str, str], key: str = "") -> dict[str, Any]:
    """Stripe's answer. Refused in its words for a 4xx; a key in use or too many requests are silence."""
    headers = {"Authorization": f"Bearer {settings['secret_key']}", **({"Idempotency-Key": key} if key else {})}
    address = f"{settings['host'].rstrip('/')}/v1/{what}"
    sent = {"data": dict(form)} if method == "POST" else {"params": dict(form)}
    status, body = speak(method, address, headers=headers, **sent)
    if status in {409, 429}:
        raise Silent(str(status))
    if status >= 400:
        error = part(body, "error")
        raise Refused(f"{error.get('code') or error.get('type') or status} {error.get('message', '')}".strip()[:200])
    return body


KIND = GatewayKind(
    name="stripe",
    way="online",
    labels={"fa": "کارت بانکی بین‌المللی (Stripe)", "ar": "بطاقة مصرفية (Stripe)", "en": "Card (Stripe)"},
    settings=(
        Setting("secret_key", {"fa": "کلید محرمانه", "ar": "المفتاح السري", "en": "Secret key"}, secret=True),
        Setting(
            "webhook_secret",
            {"fa": "کلید امضای وب‌هوک", "ar": "مفتاح توقيع الويب‌هوك", "en": "Signing secret of the webhook"},
            secret=True,
            required=False,
        ),
        host("https://api.stripe.com"),
    ),
    notes={
        "fa": "پول از همین راه برمی‌گردد. وب‌هوک لازم نیست؛ با آن، پرداختِ مشتری‌ای که برنگشته زودتر دیده می‌شود.",
        "ar": "يُعاد المال بالطريق نفسه. الويب‌هوك غير لازم، لكنه يُظهر أبكر دفعة زبون لم يعد إلى المتجر.",
        "en": "Money goes back the same way. The webhook is not needed; with it the payment of a customer who did not"
        " come back is seen earlier.",
    },
    open=open_payment,
    ask=ask,
    close=close,
    give_back=give_back,
    authority_in=authority_in,
    hook=hook,
)
