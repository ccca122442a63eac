"""Customers are told that a promise is in danger: before its date, once for each notice, never too often."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from vafa.customers import queries as customers
from vafa.delivery.links import path_of
from vafa.delivery.messages import IN_DANGER
from vafa.delivery.models import Decision, Notice, NoticeState, Watched
from vafa.delivery.notice_evidence import evidence_of, words_of
from vafa.delivery.queries.slips import open_slips, slip_of
from vafa.delivery.queries.slot_records import hours_of_promise
from vafa.delivery.queries.watching import UNDECIDED, could_be_told, watch_rules, watched_of
from vafa.delivery.watch_words import cause_for_customer
from vafa.kit import clock
from vafa.kit.formats import format_moment
from vafa.kit.problems import Problem
from vafa.messages import queries as messages
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.promises.actions import record_warning
from vafa.promises.models import Promise, State
from vafa.shop.queries import the_shop

RULE, DEADLINE, PHONE = "rule", "deadline", "phone"
LEAST_AHEAD = timedelta(hours=12)  # a notice that waits for a decision on many goes out this long before its date
FARTHEST = timedelta(days=180)  # after the promised day; what is later is a slip of the pen
MOST = 2_000  # notices looked at in one pass


def propose_notices(*, at: datetime | None = None) -> int:
    """Write down whom the rules would tell now; how many are new. Those of an alert wait for its decision."""
    at = at or clock.now()
    rules, slips, made = watch_rules(), open_slips(), 0
    for watched in could_be_told(rules, at)[:MOST]:
        if not _is_worth_telling(watched, rules.least_days_later):
            continue
        with transaction.atomic():
            promise = Promise.objects.select_for_update().get(pk=watched.promise_id)
            last = promise.notices.aggregate(last=Max("made_at"))["last"]
            if last is not None and last > at - timedelta(hours=rules.hours_between):
                continue
            slip = slip_of(watched, slips)
            state = NoticeState.HELD if slip else NoticeState.PROPOSED
            made += _insert(watched, state, slip_id=slip.pk if slip else None, at=at) is not None
    return made


def tell_due(*, at: datetime | None = None) -> int:
    """Send what may go by the rules, by a decision on an alert, or because its time to decide is over; how many."""
    at = at or clock.now()
    rules = watch_rules()
    waiting = Notice.objects.filter(state__in=UNDECIDED).select_related("promise", "slip").order_by("promise__due_at")
    told = 0
    for notice in waiting[:MOST]:
        by = _reason_to_go(notice, automatic=rules.automatic, at=at)
        if by and not (rules.respects_quiet and _is_quiet(notice.promise, at)):
            told += send_notice(notice, by=by, at=at)
        elif notice.promise.state != State.OPEN or notice.promise.due_at <= at:
            _drop(notice, "settled" if notice.promise.state != State.OPEN else "too_late")
    return told


def send_notice(notice: Notice, *, by: str, at: datetime | None = None, words: dict[str, str] | None = None) -> bool:
    """Tell the customer now, in one transaction with the message; whether it was told. Twice is once.

    Not told, and so noted, where the promise was settled, its date has passed, the shop's limit is reached, or (unless
    a person asks) the danger has passed. `by`: RULE, DEADLINE or "staff:NUMBER".
    """
    at = at or clock.now()
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(pk=notice.promise_id)
        watched = watched_of(promise)
        if why := _why_not(promise, watched, by, at):
            _drop(notice, why)
            return False
        chosen = {"new_on": notice.new_on, "new_probability": notice.new_probability}
        if watched is not None and not notice.chosen:  # the newest estimate, unless a person named the day
            chosen = {"new_on": _later(watched, promise), "new_probability": watched.honest_probability}
        said = {**chosen, "probability": watched.probability if watched else notice.probability}
        key = f"watch:{promise.public_id}:{notice.number}"
        sent: dict[str, object] = {"state": NoticeState.SENT, "sent_at": at, "sent_by": by, "message_key": key, **said}
        if words is not None:
            sent["words"] = words
        if not Notice.objects.filter(pk=notice.pk, state__in=UNDECIDED).update(**sent):
            return False
        notice.refresh_from_db()
        _send(notice, promise, at)
        record_warning(promise, evidence=evidence_of(notice), at=at)
        return True


def tell_now(
    promise: Promise,
    *,
    by: str,
    new_on: date | None = None,
    words: dict[str, str] | None = None,
    at: datetime | None = None,
) -> Notice:
    """Somebody of the staff tells the customer now, with a day of his own choice where `new_on` is given.

    Problems (409): `not-open`, `due-passed`, `told-enough`; `told-already` where he was written the same within the
    shop's hours between two notices; `not-later` for a day not after the promised one, `date-too-far` for one of which
    nobody can be sure.
    """
    at = at or clock.now()
    _check_later(new_on, promise)
    with transaction.atomic():
        _check_news(Promise.objects.select_for_update().get(pk=promise.pk), new_on, words or {}, at)
        notice = _undecided(promise, at)
        if new_on is not None:
            named = {"new_on": new_on, "new_probability": None, "chosen": {"named_by": by}}
            Notice.objects.filter(pk=notice.pk).update(**named)
            notice.refresh_from_db()
        if not send_notice(notice, by=by, at=at, words=words):
            notice.refresh_from_db()
            raise _refusal(notice.why_not)
        return notice


def told_by_phone(
    promise: Promise, *, by: str, words: dict[str, str], new_on: date | None = None, at: datetime | None = None
) -> Notice:
    """Somebody of the staff has told the customer himself, with these words and, where he named one, this day.

    It counts as a notice and leaves the same evidence. Problems as `tell_now`.
    """
    at = at or clock.now()
    _check_later(new_on, promise)
    with transaction.atomic():
        locked = Promise.objects.select_for_update().get(pk=promise.pk)
        watched = watched_of(locked)
        if why := _why_not(locked, watched, by, at):
            raise _refusal(why)
        notice = _undecided(promise, at)
        chance = watched.probability if watched else notice.probability
        said = {"new_on": new_on, "new_probability": None, "words": words, "probability": chance}
        sent = {"state": NoticeState.SENT, "sent_at": at, "sent_by": by, "why_not": PHONE, **said}
        Notice.objects.filter(pk=notice.pk, state__in=UNDECIDED).update(**sent)
        notice.refresh_from_db()
        record_warning(locked, evidence=evidence_of(notice), at=at)
        return notice


def drop_notice(notice: Notice, *, by: str) -> bool:
    """Somebody of the staff decides that the customer is not told this time; whether it still waited."""
    return _drop(notice, "declined", by)


def _check_later(new_on: date | None, promise: Promise) -> None:
    if new_on is not None and new_on <= promise.due_on:
        raise Problem("not-later", _("The new day must come after the promised one."), field="new_on")
    if new_on is not None and new_on > promise.due_on + FARTHEST:
        raise Problem("date-too-far", _("The new day is more than 180 days after the promised one."), field="new_on")


def _check_news(promise: Promise, new_on: date | None, words: dict[str, str], at: datetime) -> None:
    """Problem `told-already` (409) where the customer was written this a short while ago: same day, no new words."""
    since = at - timedelta(hours=watch_rules().hours_between)
    written = Notice.objects.filter(promise=promise, state=NoticeState.SENT, sent_at__gt=since).exclude(why_not=PHONE)
    last = written.order_by("-number").first()
    watched = watched_of(promise)
    day = new_on or (_later(watched, promise) if watched else None)
    if last is None or last.sent_at is None or day != last.new_on or (words and words != last.words):
        return
    sentence = _("The customer was told this on %(when)s. Name another day, or write him something else.")
    raise Problem("told-already", sentence % {"when": format_moment(last.sent_at, zone=the_shop().zone)}, status=409)


def _undecided(promise: Promise, at: datetime) -> Notice:
    """The notice that waits, else a new one; the promise is locked."""
    waiting = Notice.objects.filter(promise=promise, state__in=UNDECIDED).first()
    if waiting is not None:
        return waiting
    made = _insert(watched_of(promise) or Watched(promise=promise), NoticeState.PROPOSED, slip_id=None, at=at)
    if made is None:
        raise RuntimeError("a notice was made while this transaction held its promise")
    return made


def _insert(watched: Watched, state: NoticeState, *, slip_id: int | None, at: datetime) -> Notice | None:
    promise = watched.promise
    last = Notice.objects.filter(promise=promise).aggregate(last=Max("number"))["last"] or 0
    notice = Notice(
        promise=promise,
        number=last + 1,
        state=state,
        slip_id=slip_id,
        made_at=at,
        probability=watched.probability,
        new_on=_later(watched, promise),
        new_probability=watched.honest_probability,
        reason={"told": cause_for_customer(watched.reasons)},
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    return Notice.objects.filter(public_id=notice.public_id).first()


def _is_worth_telling(watched: Watched, least_days: int) -> bool:
    """Whether there is news: a day so much later, or none that could be promised."""
    if watched.honest_on is None:
        return True
    return (watched.honest_on - watched.promise.due_on).days >= max(least_days, 1)


def _later(watched: Watched, promise: Promise) -> date | None:
    return watched.honest_on if watched.honest_on is not None and watched.honest_on > promise.due_on else None


def _reason_to_go(notice: Notice, *, automatic: bool, at: datetime) -> str:
    """Who lets the notice go now: the rule, the decision on its alert, the deadline; "" where it must wait."""
    if notice.state == NoticeState.PROPOSED:
        return RULE if automatic else ""
    slip = notice.slip
    if slip is not None and slip.decision == Decision.SEND:
        return slip.decided_by
    is_close = notice.promise.due_at - LEAST_AHEAD <= at
    if is_close or (slip is not None and slip.decision == Decision.DEADLINE):
        return DEADLINE
    return RULE if automatic and (slip is None or not slip.holds) else ""


def _is_quiet(promise: Promise, at: datetime) -> bool:
    """Whether it is quiet where the customer is, and there is time to wait until it is no more."""
    person = customers.customer(promise.party_ref)
    zone = (person.zone if person else "") or the_shop().zone
    until = messages.end_of_quiet(messages.the_rules(), zone, at)
    return until is not None and until < promise.due_at


def _why_not(promise: Promise, watched: Watched | None, by: str, at: datetime) -> str:
    if promise.state != State.OPEN:
        return "settled"
    if promise.due_at <= at:
        return "too_late"
    rules = watch_rules()
    if Notice.objects.filter(promise=promise, state=NoticeState.SENT).count() >= rules.most_notices:
        return "limit"
    is_asked_for = by.startswith("staff:")
    if not is_asked_for and (watched is None or (watched.probability or 0.0) >= rules.below):
        return "recovered"
    return ""


def _drop(notice: Notice, why: str, by: str = RULE) -> bool:
    waiting = Notice.objects.filter(pk=notice.pk).filter(Q(state__in=UNDECIDED))
    return bool(waiting.update(state=NoticeState.DROPPED, why_not=why, sent_by=by))


def _refusal(why: str) -> Problem:
    sentence = {
        "settled": _("This promise is no longer open."),
        "too_late": _("The promised date has passed; there is nothing left to tell before it."),
        "limit": _("The customer has been told as often as the shop's rules allow."),
    }.get(why, _("The customer was not told."))
    code = {"settled": "not-open", "too_late": "due-passed", "limit": "told-enough"}.get(why, "not-told")
    return Problem(code, sentence, status=409)


def _send(notice: Notice, promise: Promise, at: datetime) -> None:
    words = words_of(notice)
    context = {
        "order": promise.subject_ref,
        "due_on": promise.due_on.isoformat(),
        "reason": notice.reason["told"],
        "link": path_of(notice),
    }
    if hours := hours_of_promise(promise):
        context["hours"] = hours
    if notice.new_on is not None:
        context["new_on"] = notice.new_on.isoformat()
        if notice.new_probability is not None:
            context["chance"] = [min(99, round(100 * notice.new_probability)), 100]
    if notice.still_in_time:
        context["in_time"] = [notice.still_in_time, 100]
    if any(words.values()):
        context["words"] = words
    send(
        key=notice.message_key,
        purpose=Purpose.PROMISE,
        template=IN_DANGER.name,
        customer_ref=promise.party_ref,
        context=context,
        about=f"order:{promise.subject_ref}"[:120],
        at=at,
    )
