"""The sandbox keeps what was chosen on its page in a table of its own and is asked like any other gateway."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from vafa.payments.gateways.kinds import (
    Answer,
    Asked,
    Back,
    GatewayKind,
    Opened,
    Refused,
    Settings,
    Verdict,
    Wanted,
)
from vafa.payments.models import SandboxVisit


def open_payment(settings: Settings, wanted: Wanted) -> Opened:
    """The same token again is the same visit."""
    visit = SandboxVisit(
        authority=wanted.token,
        amount_minor=wanted.amount_minor,
        currency=wanted.currency,
        words=wanted.words,
        back=wanted.back,
    )
    SandboxVisit.objects.bulk_create([visit], ignore_conflicts=True)
    return Opened(wanted.token, reverse("payments:sandbox", args=[wanted.token]))


def ask(settings: Settings, asked: Asked) -> Answer:
    """What was chosen."""
    visit = SandboxVisit.objects.filter(authority=asked.authority).first()
    if visit is None or visit.outcome == "refused":
        return Answer(Verdict.REFUSED)
    if visit.outcome != "paid":
        return Answer(Verdict.OPEN)
    reference = f"SANDBOX-{visit.pk}"
    return Answer(Verdict.PAID, visit.amount_minor, visit.currency, token=visit.authority, reference=reference)


def give_back(settings: Settings, back: Back) -> str:
    """Never more than was paid."""
    with transaction.atomic():
        visit = SandboxVisit.objects.select_for_update().filter(authority=back.authority, outcome="paid").first()
        given = {**visit.given_back, back.token: back.amount_minor} if visit else {}
        if visit is None or sum(given.values()) > visit.amount_minor:
            raise Refused("more than was paid")
        visit.given_back = given
        visit.save(update_fields=["given_back"])
    return f"SANDBOX-{back.token}"[:80]


def authority_in(query: Mapping[str, str]) -> str:
    """Whom the visitor came back from."""
    return query.get("visit", "")


KIND = GatewayKind(
    name="sandbox",
    way="sandbox",
    labels={"fa": "پرداخت آزمایشی", "ar": "دفع تجريبي", "en": "Trial payment"},
    notes={
        "fa": "برای تمرین: پولی جابه‌جا نمی‌شود. پیش از فروش واقعی خاموشش کنید، وگرنه هر کسی می‌تواند بی‌پول «پرداخت» کند.",
        "ar": "للتجربة: لا ينتقل مال. أوقفوه قبل البيع الحقيقي، وإلا استطاع أي أحد أن «يدفع» بلا مال.",
        "en": "For trying: no money moves. Switch it off before you sell, or anybody can “pay” without money.",
    },
    open=open_payment,
    ask=ask,
    give_back=give_back,
    authority_in=authority_in,
)
