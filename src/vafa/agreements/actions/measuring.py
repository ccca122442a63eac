"""Each level promises each period; when the period can be known, the promise and the credit get their end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from vafa.agreements import sentences
from vafa.agreements.kinds import AGREED_LEVEL, UPTIME
from vafa.agreements.models import Claim, Level, Measure, Measurement, Outcome
from vafa.agreements.periods import Period, start_of_day, whole_periods
from vafa.agreements.queries import credit_of, last_day_of, levels_in_force, measurable_at, outcome_of, seen
from vafa.promises import queries as ledger
from vafa.promises.actions import (
    HistoricPromise,
    break_promise,
    cancel_promise,
    import_promises,
    make_promise,
    settle_promise,
)
from vafa.promises.models import Promise, State

LANGUAGES = ("fa", "ar", "en")


def promise_and_measure(*, at: datetime) -> int:
    """Promise every period that has begun and measure every one that can be known; returns how many were measured.

    Any number of workers may, as often as they like: promises have keys, and a period of a level is measured once.
    """
    return sum(_advance(level, at) for level in levels_in_force())


def _advance(level: Level, at: datetime) -> int:
    """Periods are measured one after the other, so what was measured already is not looked at again."""
    agreement, measured = level.agreement, 0
    since, until = _first_open_day(level), last_day_of(level, at.astimezone(ZoneInfo(agreement.zone)).date())
    for period in whole_periods(since, until, level.length, agreement.days_of):
        if _ends_before(period, agreement.valid_until):
            continue
        promise = _promised(level, period, at)
        if measurable_at(level, period) <= at:
            measured += _measure(level, period, promise, at)
    return measured


def _first_open_day(level: Level) -> date:
    newest: date | None = level.measurements.aggregate(last=Max("last"))["last"]
    return level.agreement.valid_from if newest is None else newest + timedelta(days=1)


def _ends_before(period: Period, valid_until: date | None) -> bool:
    return valid_until is not None and period.last > valid_until


def _promised(level: Level, period: Period, at: datetime) -> Promise:
    """The promise of this period: made now where it still runs, else written down as the history it is."""
    key = f"agreements:{level.agreement.public_id}:{level.position}:{period.first.isoformat()}"
    if before := ledger.promise_of(key):
        return before
    said = _said(level, period, key)
    if period.ends_at(said.zone) > at:
        return make_promise(
            at=at, kind=said.kind, key=key, subject_type=said.subject_type, subject_ref=said.subject_ref,
            party_ref=said.party_ref, direction=said.direction, due_on=said.due_on, due_at=said.due_at,
            zone=said.zone, text=said.text, origin="agreement",
        )  # fmt: skip
    import_promises([said], known_until=said.made_at, at=at)
    found = ledger.promise_of(key)
    if found is None:
        raise RuntimeError("a promise that was just written is not there")
    return found


def _said(level: Level, period: Period, key: str) -> HistoricPromise:
    """What the level promised for the period on the day it was agreed."""
    agreement = level.agreement
    return HistoricPromise(
        key=key,
        kind=(UPTIME if level.measure == Measure.UPTIME else AGREED_LEVEL).name,
        subject_type="agreement",
        subject_ref=f"{agreement.code} {level.position} {period.first.isoformat()}",
        made_at=start_of_day(agreement.agreed_on, agreement.zone),
        due_on=period.last,
        due_at=period.ends_at(agreement.zone),
        zone=agreement.zone,
        direction=agreement.partner.direction,
        party_ref=agreement.partner.code,
        text={language: sentences.level_in(level, language) for language in LANGUAGES},
    )


def _measure(level: Level, period: Period, promise: Promise, at: datetime) -> int:
    found = seen(level, period)
    outcome = outcome_of(level, found)
    credit = credit_of(level, found) if outcome == Outcome.MISSED else 0
    row = Measurement(
        level=level,
        first=period.first,
        last=period.last,
        observed=found.observed,
        met=found.met,
        outcome=outcome,
        credit_minor=credit,
        promise_ref=promise.public_id,
        measured_at=at,
    )
    with transaction.atomic():
        Measurement.objects.bulk_create([row], ignore_conflicts=True)
        kept = Measurement.objects.filter(level=level, first=period.first, measured_at=at).first()
        if kept is None:  # another worker measured it at another moment: its word counts
            return 0
        if credit:
            claim = Claim(measurement=kept, amount_minor=credit, currency=level.agreement.currency)
            Claim.objects.bulk_create([claim], ignore_conflicts=True)
        _settle(promise, kept, period.ends_at(level.agreement.zone), at)
    return 1


def _settle(promise: Promise, measured: Measurement, end: datetime, at: datetime) -> None:
    """Tell the ledger. Of a promise that is over already (the sweep came first) only good news is told."""
    evidence = {"by": "measurement", "observed": str(measured.observed), "met": str(measured.met)}
    promise.refresh_from_db()
    if measured.outcome == Outcome.MET:
        settle_promise(promise, fulfilled_at=end, evidence=evidence, at=at)
    elif promise.state == State.OPEN and measured.outcome == Outcome.MISSED:
        break_promise(promise, evidence=evidence, at=at)
    elif promise.state == State.OPEN:
        cancel_promise(promise, evidence={**evidence, "why": "not enough observations"}, at=at)
