"""Orders that are looked at before they leave: a promise with a deadline, an owner and an ending."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vafa.checkout.actions.telling import tell_code, tell_refused
from vafa.checkout.kinds import CHECK
from vafa.checkout.models import Hold, HoldState, Purchase
from vafa.checkout.models.holds import Ending
from vafa.checkout.queries.holds import check_rules
from vafa.kit.formats import plain_digits
from vafa.kit.formats.dates import local_day
from vafa.kit.problems import Problem
from vafa.kit.signing import stand_in
from vafa.promises.actions import make_promise, settle_promise
from vafa.promises.models import Promise
from vafa.shop.queries import the_shop

MOST_TRIES = 5
BATCH = 100
TEXT = {
    "fa": "سفارش تا این زمان بررسی می‌شود",
    "ar": "يُراجَع الطلب حتى هذا الموعد",
    "en": "The order is checked by then",
}


def hold_for_check(purchase: Purchase, *, at: datetime) -> Hold:
    """Hold the order just placed, and send the customer a code by which he can confirm it himself; part of the
    caller's transaction.
    """
    rules, code = check_rules(), f"{secrets.randbelow(10**6):06}"
    due_at = at + timedelta(hours=rules.hours)
    promise = make_promise(
        kind=CHECK.name, key=f"check:{purchase.number}", subject_type="order", subject_ref=purchase.number,
        party_ref=purchase.customer_ref, text=TEXT, due_on=local_day(due_at), due_at=due_at, zone=the_shop().zone,
        channel="storefront", origin="checkout", at=at,
    )  # fmt: skip
    hold = Hold.objects.create(
        order_number=purchase.number,
        customer_ref=purchase.customer_ref,
        reasons=purchase.reasons,
        made_at=at,
        due_at=due_at,
        ending=rules.ending,
        promise_ref=promise.public_id,
        code=_kept(purchase.number, code),
    )
    tell_code(hold, code, at=at)
    return hold


def take_hold(hold: Hold, *, by: str) -> Hold:
    """Somebody looks at it: it is his."""
    Hold.objects.filter(pk=hold.pk, state=HoldState.OPEN).update(owner=by[:150])
    hold.refresh_from_db()
    return hold


def decide(hold: Hold, *, release: bool, by: str, at: datetime) -> Hold:
    """Release the order, or refuse it: then it is cancelled like any other, by whoever claims it with `claim_refused`,
    and nobody picks it meanwhile. Twice is once.

    Problem `decided` (409) where it was decided otherwise before.
    """
    state = HoldState.RELEASED if release else HoldState.REFUSED
    with transaction.atomic():
        still_open = Hold.objects.filter(pk=hold.pk, state=HoldState.OPEN)
        if still_open.update(state=state, decided_at=at, decided_by=by[:150]):
            _settle(hold, at)
            if not release:
                tell_refused(hold, at=at)
    hold.refresh_from_db()
    if hold.state != state:
        raise Problem("decided", _("This order has been decided about already."), status=409)
    return hold


def confirm_by_code(hold: Hold, code: str, *, at: datetime) -> Hold:
    """The customer confirms his order by the code that was sent to him. Problems: `wrong-code` (422), `code-used-up`
    (409: too many wrong ones), `decided` (409).
    """
    if hold.state == HoldState.RELEASED:
        return hold
    if not Hold.objects.filter(pk=hold.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        sentence = _("There were too many wrong codes. We look at your order ourselves.")
        raise Problem("code-used-up", sentence, status=409, field="code")
    if not secrets.compare_digest(hold.code, _kept(hold.order_number, plain_digits(code).strip())):
        raise Problem("wrong-code", _("This is not the code that was sent to you."), status=422, field="code")
    return decide(hold, release=True, by="customer", at=at)


def end_overdue_holds(*, at: datetime, limit: int = BATCH) -> int:
    """What the rules say happens to orders about which nobody decided by the deadline; how many. Every minute."""
    ended = 0
    for hold in Hold.objects.filter(state=HoldState.OPEN, due_at__lte=at).order_by("due_at")[:limit]:
        decide(hold, release=hold.ending == Ending.RELEASE, by="clock", at=at)
        ended += 1
    return ended


def claim_refused(hold: Hold, *, at: datetime) -> bool:
    """Whether this call takes over the cancelling of a refused order. In the transaction that cancels it."""
    waiting = Hold.objects.filter(pk=hold.pk, state=HoldState.REFUSED, cancelled_at__isnull=True)
    return bool(waiting.update(cancelled_at=at))


def _settle(hold: Hold, at: datetime) -> None:
    promise = Promise.objects.filter(public_id=hold.promise_ref).first() if hold.promise_ref else None
    if promise is not None:
        settle_promise(promise, fulfilled_at=at, evidence={"check": "decided"}, at=at)


def _kept(number: str, code: str) -> str:
    return stand_in("checkout.check", f"{number}:{code}")
