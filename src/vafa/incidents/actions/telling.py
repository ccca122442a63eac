"""The people concerned and the authorities are told, and the ledger hears of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vafa.accounts.models import User
from vafa.incidents.messages import NOTICE
from vafa.incidents.models import Audience, Category, Incident, Notice, NoticeState, Way
from vafa.jobs.actions import enqueue
from vafa.kit.problems import Problem
from vafa.messages.actions import send
from vafa.messages.models import Message
from vafa.messages.models import State as MessageState
from vafa.promises.actions import cancel_promise, settle_promise
from vafa.promises.models import State as PromiseState
from vafa.promises.queries import promise_by
from vafa.shop.queries import the_shop
from vafa.vouchers.actions import Value, issue

CHUNK = 100
COMMA = {"fa": "، ", "ar": "، ", "en": ", "}


def tell_people(incident: Incident, *, at: datetime) -> None:
    """From now on the people concerned are told, by a job; twice is once.

    In an exercise nobody is written to, and the notices count as told. Problems (409): `not-listed` while the notices
    are still being written down, `incident-closed`.
    """
    with transaction.atomic():
        held = Incident.objects.select_for_update().get(pk=incident.pk)
        if held.told_at is not None:
            return
        if held.listed_at is None:
            raise Problem(
                "not-listed", _("The notices are still being written down. Try again in a minute."), status=409
            )
        if held.closed_at is not None:
            raise Problem("incident-closed", _("This incident is closed."), status=409)
        Incident.objects.filter(pk=held.pk).update(told_at=at)
        if held.exercise:
            held.notices.filter(audience=Audience.PERSONS).update(state=NoticeState.TOLD, settled_at=at)
        else:
            key = f"incidents.tell:{held.public_id}"
            enqueue("incidents.tell", arguments={"incident": str(held.public_id)}, unique_key=key, at=at)


def write_messages(incident: Incident, *, at: datetime) -> int:
    """Ask for a message to every person who has none yet, in parts; returns how many notices got one.

    One person under two rules gets one message. Killed anywhere and called again, nobody is written to twice.
    """
    written, context = 0, _context(incident)
    waiting = Notice.objects.filter(
        incident=incident, audience=Audience.PERSONS, message_ref__isnull=True, state=NoticeState.DUE
    ).order_by("pk")
    while part := list(waiting[:CHUNK]):
        with transaction.atomic():
            for notice in part:
                message = send(
                    key=f"incident:{incident.public_id}:{notice.customer_ref}",
                    purpose=NOTICE.purpose.value,
                    template=NOTICE.name,
                    customer_ref=notice.customer_ref,
                    context=context | _voucher(incident, notice.customer_ref, at),
                    about=f"incident:{incident.public_id}",
                    at=at,
                )
                Notice.objects.filter(pk=notice.pk).update(message_ref=message.public_id)
        written += len(part)
    return written


def _voucher(incident: Incident, customer_ref: str, at: datetime) -> dict[str, Any]:
    """What the message says of the person's voucher, which is issued once; {} where none is given."""
    if incident.voucher_minor is None or incident.exercise:
        return {}
    shop = the_shop()
    given = issue(
        key=f"incident:{incident.public_id}:{customer_ref}",
        customer_ref=customer_ref,
        value=Value.of_amount(incident.voucher_minor),
        currency=shop.currency,
        valid_until=at + timedelta(days=incident.voucher_days),
        reason=f"incident:{incident.public_id}",
        at=at,
    )
    until = given.valid_until.astimezone(ZoneInfo(shop.zone)).date()
    return {"code": given.code, "worth": [given.amount_minor, given.currency], "until": until.isoformat()}


def _context(incident: Incident) -> dict[str, Any]:
    since = incident.since.astimezone(ZoneInfo(the_shop().zone)).date()
    texts = {name: getattr(incident, name) or None for name in ("consequences", "measures", "advice", "remedy")}
    return {
        "what": incident.what,
        "data": {language: categories_in(incident, language) for language in COMMA},
        "since": since.isoformat(),
        "found": incident.found_at.isoformat(),
        **texts,
    }


def categories_in(incident: Incident, language: str) -> str:
    """The kinds of data in the words of a language."""
    with override(language):
        return COMMA[language].join(str(Category(each).label) for each in incident.categories)


def follow_messages(*, at: datetime) -> int:
    """Notices whose message was sent are told; returns how many. Any number of workers may."""
    waiting = Notice.objects.filter(state=NoticeState.DUE, message_ref__isnull=False, audience=Audience.PERSONS)
    waiting = waiting.select_related("incident")
    followed, last = 0, 0
    while part := list(waiting.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = part[-1].pk
        sent = dict(
            Message.objects.filter(
                public_id__in=[notice.message_ref for notice in part], state=MessageState.SENT
            ).values_list("public_id", "settled_at")
        )
        for notice in part:
            moment = sent.get(notice.message_ref) if notice.message_ref else None
            if moment is not None:
                followed += _told(notice, min(moment, at), "", at)
    return followed


def record_told(notice: Notice, *, told_at: datetime, reference: str, at: datetime) -> None:
    """A person says that the authority was told at `told_at` under `reference`; twice is once.

    Problems: `bad-time`; `notice-over` (409) where it was found not to be needed.
    """
    if notice.audience != Audience.AUTHORITY:
        raise Problem("not-an-authority", _("People are told by their messages."), status=409)
    if not notice.incident.found_at <= told_at <= at:
        sentence = _("This lies after the incident was found, and in the past.")
        raise Problem("bad-time", sentence, field="told_on", status=422)
    if not _told(notice, told_at, reference[:200], at):
        notice.refresh_from_db()
        if notice.state != NoticeState.TOLD:
            raise Problem("notice-over", _("This notice was found not to be needed."), status=409)


def told_another_way(
    incident: Incident, customer_ref: str, *, way: str, told_at: datetime, by: User, at: datetime
) -> int:
    """A person whom no message reached was told at `told_at` by phone, by letter …; how many notices that settles.

    All of the person's notices count as told, with how and by whom, also in the ledger. Twice is once: what is told
    already stays as it is. Problems: `not-concerned` (404), `bad-way`, `bad-time`.
    """
    if way not in Way.values:
        raise Problem("bad-way", _("Say how the person was told."), field="way", status=422)
    if not incident.found_at <= told_at <= at:
        sentence = _("This lies after the incident was found, and in the past.")
        raise Problem("bad-time", sentence, field="told_on", status=422)
    mine = incident.notices.filter(audience=Audience.PERSONS, customer_ref=customer_ref)
    with transaction.atomic():
        notices = list(mine.order_by("pk"))
        if not notices:
            sentence = _("The incident does not concern a customer of this number.")
            raise Problem("not-concerned", sentence, field="customer", status=404)
        _voucher(incident, customer_ref, at)
        return sum(_told(notice, told_at, "", at, way=way, by=by) for notice in notices)


@transaction.atomic
def _told(
    notice: Notice, told_at: datetime, reference: str, at: datetime, *, way: str = "", by: User | None = None
) -> int:
    due = Notice.objects.filter(pk=notice.pk, state=NoticeState.DUE)
    if not due.update(state=NoticeState.TOLD, settled_at=told_at, reference=reference, way=way, told_by=by):
        return 0
    promise = promise_by(notice.promise_ref) if notice.promise_ref else None
    if promise is not None:
        how = {"by": f"staff:{by.pk}", "way": way} if by else {"by": notice.audience}
        if notice.audience == Audience.PERSONS and notice.incident.voucher_minor is not None:
            how["remedy"] = "voucher"
        settle_promise(promise, fulfilled_at=told_at, evidence=how, at=at)
    return 1


def not_needed(notice: Notice, *, why: str, at: datetime) -> None:
    """An authority need not be told, for this reason; its promise is cancelled. A broken one stays broken.

    Problems: `empty` without a reason, `notice-over` (409), `not-an-authority` (409).
    """
    if notice.audience != Audience.AUTHORITY:
        raise Problem("not-an-authority", _("People are told by their messages."), status=409)
    if not why.strip():
        raise Problem("empty", _("Say why it is not needed."), field="why", status=422)
    with transaction.atomic():
        due = Notice.objects.filter(pk=notice.pk, state=NoticeState.DUE)
        if not due.update(state=NoticeState.NOT_NEEDED, settled_at=at, reference=why.strip()[:200]):
            raise Problem("notice-over", _("This notice is settled already."), status=409)
        promise = promise_by(notice.promise_ref) if notice.promise_ref else None
        if promise is not None and promise.state == PromiseState.OPEN:
            cancel_promise(promise, evidence={"why": "not needed"}, at=at)


def close_incident(incident: Incident, *, at: datetime) -> None:
    """Nothing is left to do. Problem `notices-due` (409) while somebody must still be told."""
    with transaction.atomic():
        held = Incident.objects.select_for_update().get(pk=incident.pk)
        if held.listed_at is None or held.notices.filter(state=NoticeState.DUE).exists():
            raise Problem("notices-due", _("Somebody must still be told."), status=409)
        Incident.objects.filter(pk=held.pk, closed_at__isnull=True).update(closed_at=at)
