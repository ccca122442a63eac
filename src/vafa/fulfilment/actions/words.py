"""The word that a price was, kept or broken for an order that was taken under it by mistake."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from vafa.checkout.queries.purchases import price_promises
from vafa.fulfilment.kinds import ORDER_PRICE
from vafa.fulfilment.models import WrongPrice
from vafa.fulfilment.queries.wrong_prices import Taken
from vafa.kit.formats import format_money
from vafa.promises.actions import break_promise, make_promise, retract_evidence, settle_promise
from vafa.promises.models import Promise, State
from vafa.shop.queries import the_shop

AT_ONCE = timedelta(seconds=1)  # a promise is due after it was made
LANGUAGES = {"fa": "قیمت سفارش: هر عدد %s", "ar": "سعر الطلب: القطعة بـ %s", "en": "Price of the order: %s a piece"}


def keep_word(case: WrongPrice, taken: Taken, *, at: datetime) -> None:
    """The promised price stands: what was promised in the basket was kept when it was ordered, and stays so."""
    for promise in _words(case, taken):
        if promise.state == State.OPEN:
            fulfilled_at = promise.made_at
            settle_promise(promise, fulfilled_at=fulfilled_at, evidence={"by": "honoured"}, at=max(at, promise.due_at))


def break_word(case: WrongPrice, taken: Taken, *, at: datetime) -> None:
    """The promised price was not honoured after all: that it was kept is taken back, and it is broken."""
    evidence = {"by": "cancelled", "pieces": str(taken.still)}
    for promise in _words(case, taken):
        if promise.state == State.KEPT and promise.fulfilled_at is not None:
            reason, by = "the order was cancelled for a wrong price", f"wrong-price:{case.public_id}"
            retract_evidence(promise, fulfilled_at=promise.fulfilled_at, reason=reason, by=by, at=at)
        break_promise(promise, evidence=evidence, at=max(at, promise.due_at))


def _words(case: WrongPrice, taken: Taken) -> list[Promise]:
    """The promises of that price in the order's basket; of an order that came another way its own, made now."""
    return price_promises(taken.order.number, case.price) or [_own(case, taken)]


def _own(case: WrongPrice, taken: Taken) -> Promise:
    """The word that the order's price was, written down at the moment of the decision: it is not dated back."""
    zone, order, decided = the_shop().zone, taken.order, case.decided_at or case.declared_at
    amounts = {language: format_money(taken.paid_minor, case.price.currency, language) for language in LANGUAGES}
    return make_promise(
        kind=ORDER_PRICE.name,
        key=f"order-price:{case.public_id}:{order.number}",
        subject_type="order",
        subject_ref=order.number,
        party_ref=order.customer_ref,
        text={language: words % amounts[language] for language, words in LANGUAGES.items()},
        due_on=(decided + AT_ONCE).astimezone(ZoneInfo(zone)).date(),
        due_at=decided + AT_ONCE,
        zone=zone,
        origin="wrong-price",
        at=decided,
    )
