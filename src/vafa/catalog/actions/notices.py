"""Who waits for an article is told once when it is there again; the day on which it is to be back is a promise to him.

The promise is kept when the article was there and he was told by that day, revised with a word to him when the shop
names another day, and broken by the ledger's own sweep where neither happened.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from urllib.parse import quote

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vafa.catalog.kinds import BACK_IN_STOCK
from vafa.catalog.models import BackNotice, NoticeState, Stock, Variant
from vafa.catalog.queries.notice_links import notice_word
from vafa.customers.actions import CustomerRow, remember_customers
from vafa.customers.addresses import tidy_address
from vafa.customers.models import Channel
from vafa.customers.queries import customer_at
from vafa.kit.formats import format_date, text_in
from vafa.kit.formats.dates import local_day
from vafa.kit.problems import Problem
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.promises.actions import cancel_promise, make_promise, revise_promise, settle_promise
from vafa.promises.models import AskedBy, Promise, State
from vafa.shop.queries import the_shop

MOST_WAITING = 20  # articles for which one person waits
BATCH = 200
LANGUAGES = ("fa", "ar", "en")
SENTENCES = {
    "fa": "{title}: {day} موجود است و خبر می‌دهیم",
    "ar": "{title}: يتوفّر {day} ونخبرك",
    "en": "{title}: back on {day}, and you are told",
}


def wait_for(variant: Variant, written: str, *, language: str, at: datetime) -> BackNotice:
    """Somebody wants to be told at this e-mail address or phone number when the article is there again; the same wish
    again is the same notice. Where a day is known it is promised to him.

    Problems: `bad-address` (422), `is-there` (409), `too-many` (429).
    """
    channel = Channel.EMAIL if "@" in written else Channel.SMS
    address = tidy_address(channel, written, the_shop().holiday_country)
    if not address:
        raise Problem("bad-address", _("This is neither an e-mail address nor a phone number."), status=422, field="to")
    with transaction.atomic():
        Variant.objects.select_for_update().get(pk=variant.pk)
        if _there().filter(variant=variant.pk).exists():
            raise Problem("is-there", _("It is there: you need not wait for it."), status=409)
        ref = _reached(channel, address, language, at)
        waiting = BackNotice.objects.filter(customer_ref=ref, state=NoticeState.WAITING)
        if (known := waiting.filter(variant=variant).first()) is not None:
            return known
        if waiting.count() >= MOST_WAITING:
            raise Problem("too-many", _("You wait for many articles already."), status=429, field="to")
        notice = BackNotice.objects.create(variant=variant, customer_ref=ref, asked_at=at)
        if (day := back_day(variant, at)) is not None:
            _promise(notice, day, at)
    return notice


def stop_waiting(notice: BackNotice, *, at: datetime) -> bool:
    """Who asked does not want to be told any more: what was promised to him is withdrawn. Whether he still waited."""
    with transaction.atomic():
        if not _end(notice, NoticeState.STOPPED, at):
            return False
        promise = _promised(notice)
        if promise is not None and promise.state == State.OPEN:
            cancel_promise(promise, evidence={"by": "customer"}, at=at)
    return True


def follow_notices(*, at: datetime) -> int:
    """Tell those whose article is there, and those whose day has moved; how many. Every minute, by any number of
    workers.

    Each is one transaction of its own: a worker that dies loses nothing and tells nobody twice.
    """
    is_there = Exists(_there().filter(variant=OuterRef("variant")))
    waiting = BackNotice.objects.filter(state=NoticeState.WAITING).annotate(is_there=is_there)
    arrived = waiting.filter(is_there=True, variant__product__public=True, variant__price__isnull=False)
    told = sum(_tell_back(each, at) for each in arrived.order_by("pk")[:BATCH])
    today = local_day(at)
    named = waiting.filter(is_there=False).annotate(day=Min("variant__stock__back_on", filter=_after(today)))
    moved = named.filter(day__isnull=False).exclude(day=F("due_on"), due_on__isnull=False).order_by("pk")
    return told + sum(_move(each, each.day, at) for each in moved[:BATCH])


def back_day(variant: Variant, at: datetime) -> date | None:
    """The first day after today on which more of it are expected."""
    expected = Stock.objects.filter(_after(local_day(at), ""), variant=variant).order_by("back_on")
    return expected.values_list("back_on", flat=True).first()


def _after(today: date, path: str = "variant__stock__") -> Q:
    return Q(**{f"{path}back_on__gt": today})


def _there() -> QuerySet[Stock]:
    return Stock.objects.filter(on_hand__gt=F("reserved"))


def _tell_back(notice: BackNotice, at: datetime) -> bool:
    """Whether this one told him: who is second finds that nobody waits any more."""
    with transaction.atomic():
        if not _end(notice, NoticeState.TOLD, at):
            return False
        _send(notice, "catalog.back", {}, f"back:{notice.public_id}", at)
        promise = _promised(notice)
        if promise is not None and promise.state in {State.OPEN, State.BROKEN}:
            settle_promise(promise, fulfilled_at=max(at, promise.made_at), evidence={"message": "asked for"}, at=at)
    return True


def _move(notice: BackNotice, day: date, at: datetime) -> bool:
    """Promise the day that is known now, in place of the one promised before, and say so."""
    with transaction.atomic():
        held = BackNotice.objects.select_for_update().filter(pk=notice.pk, state=NoticeState.WAITING).first()
        if held is None or held.due_on == day:
            return False
        was_on = held.due_on
        promise = _promised(held)
        if promise is not None and promise.state == State.OPEN and at < promise.due_at:
            text = _text(held.variant, day)
            _keep(held, revise_promise(promise, asked_by=AskedBy.SHOP, due_on=day, text=text, at=at))
        else:
            _promise(held, day, at)
        said = {"due_on": day.isoformat(), "was_on": was_on.isoformat() if was_on else None,
                "stop": f"/shop/back/{notice_word(held)}/"}  # fmt: skip
        values = {name: value for name, value in said.items() if value}
        _send(held, "catalog.back_moved", values, f"back:{held.public_id}:{held.promise_ref}", at)
    return True


def _promised(notice: BackNotice) -> Promise | None:
    return Promise.objects.filter(public_id=notice.promise_ref).first() if notice.promise_ref else None


def _end(notice: BackNotice, state: NoticeState, at: datetime) -> bool:
    waiting = BackNotice.objects.filter(pk=notice.pk, state=NoticeState.WAITING)
    return bool(waiting.update(state=state, ended_at=at))


def _reached(channel: str, address: str, language: str, at: datetime) -> str:
    """The number of who is reached there; a new one where nobody is."""
    known = customer_at(channel, address)
    if known is not None:
        return known.ref
    row = CustomerRow(ref=f"W{secrets.token_hex(6)}", language=language if language in LANGUAGES else "",
                      contacts=((channel, address),))  # fmt: skip
    remember_customers([row], at=at)
    return row.ref


def _promise(notice: BackNotice, day: date, at: datetime) -> None:
    key = f"back:{notice.public_id}:{day.isoformat()}"
    promise = make_promise(
        kind=BACK_IN_STOCK.name, key=key, subject_type="article", subject_ref=notice.variant.sku,
        party_ref=notice.customer_ref, text=_text(notice.variant, day), due_on=day, zone=the_shop().zone,
        channel="storefront", origin="notice", at=at,
    )  # fmt: skip
    _keep(notice, promise)


def _keep(notice: BackNotice, promise: Promise) -> None:
    notice.promise_ref, notice.due_on = promise.public_id, promise.due_on
    notice.save(update_fields=["promise_ref", "due_on"])


def _text(variant: Variant, day: date) -> dict[str, str]:
    title = variant.product.title
    return {
        each: SENTENCES[each].format(title=text_in(title, each), day=format_date(day, style="weekday", language=each))
        for each in LANGUAGES
    }


def _send(notice: BackNotice, template: str, values: dict[str, str], key: str, at: datetime) -> None:
    product = notice.variant.product
    page = f"/shop/p/{product.code}/?v={quote(notice.variant.sku)}"
    send(
        key=key, purpose=Purpose.PROMISE, template=template, customer_ref=notice.customer_ref,
        context={"title": product.title, "page": page, **values}, about=f"article:{notice.variant.sku}"[:80], at=at,
    )  # fmt: skip
