"""The price that enters a basket is a promise in the ledger."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from vafa.catalog.models import Price
from vafa.catalog.queries.configurations import Made
from vafa.checkout.kinds import PRICE
from vafa.checkout.models import BasketLine, Purchase
from vafa.kit.formats import format_moment, format_money, text_in
from vafa.kit.formats.dates import local_day
from vafa.promises.actions import cancel_promise, make_promise, settle_promise
from vafa.promises.models import Promise, State
from vafa.shop.queries import the_shop

KEPT_FOR = timedelta(hours=24)
BATCH = 200
LANGUAGES = ("fa", "ar", "en")
SENTENCES = {
    "fa": "{sku}: دانه‌ای {price}، تا {until}",
    "ar": "{sku}: سعر القطعة {price} حتى {until}",
    "en": "{sku}: {price} a piece until {until}",
}


def promise_price(sku: str, price: Price, made: Made | None = None, *, at: datetime) -> Promise:
    """Promise that a piece, made as was chosen, costs no more until a day from now; part of the caller's transaction.

    Nobody is known yet, so the promise names no customer.
    """
    until = at + KEPT_FOR
    minor = price.amount_minor + (made["surcharge_minor"] if made else 0)
    texts = {
        language: SENTENCES[language].format(
            sku=_named(sku, made, language), price=format_money(minor, price.currency, language),
            until=format_moment(until, language=language),
        )
        for language in LANGUAGES
    }  # fmt: skip
    return make_promise(
        kind=PRICE.name,
        key=f"price:{uuid.uuid4()}",
        subject_type="price",
        subject_ref=f"{sku}@{price.version}"[-80:],
        text=texts,
        due_on=local_day(until),
        due_at=until,
        zone=the_shop().zone,
        channel="storefront",
        origin="basket",
        at=at,
    )


def _named(sku: str, made: Made | None, language: str) -> str:
    words = [text_in(each, language) for each in made["words"].values()] if made else []
    return f"{sku} ({'; '.join(words)})" if words else sku


def keep_price(line: BasketLine, purchase: Purchase, *, at: datetime) -> None:
    """It was ordered at the promised price or below: the promise is kept. Ordered later it had ended unused."""
    promise = _open(line)
    if promise is None:
        return
    if purchase.submitted_at >= line.promised_until:
        withdraw_price(line, "unused", at=at)
        return
    evidence = {"order": purchase.number}
    settle_promise(promise, fulfilled_at=max(purchase.submitted_at, promise.made_at), evidence=evidence, at=at)


def withdraw_price(line: BasketLine, why: str, *, at: datetime) -> None:
    """The price is not wanted any more, or its time ended unused: neither kept nor broken."""
    promise = _open(line)
    if promise is not None:
        cancel_promise(promise, evidence={"ended": why}, at=at)


def close_run_out(*, at: datetime, limit: int = BATCH) -> int:
    """Close promises of prices whose time is over and that nobody used; how many. Every minute.

    Those of a basket whose purchase waits for its money stay: it was submitted in time.
    """
    over = BasketLine.objects.filter(run_out=False, promised_until__lte=at, basket__state="open").order_by("pk")
    closed = 0
    for line in over[:limit]:
        if BasketLine.objects.filter(pk=line.pk, run_out=False).update(run_out=True):
            withdraw_price(line, "unused", at=at)
            closed += 1
    return closed


def _open(line: BasketLine) -> Promise | None:
    return Promise.objects.filter(public_id=line.promise_ref, state=State.OPEN).first()
