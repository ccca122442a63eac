"""Whether a guarantee was met, what its remedy is, and whether a person must look first. Pure: reads no table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from vafa.engine.calendars import WorkingCalendar
from vafa.promises.guarantee_terms import Caps, GuaranteeTerms, RemedyRule
from vafa.promises.kinds import kind
from vafa.promises.margins import end_of_day
from vafa.promises.models import AskedBy, Cover, CoverState, Hold, Promise, RemedyKind, State, Unit

Verdict = Literal["met", "late", "void"]


def guaranteed_until(promise: Promise, terms: GuaranteeTerms, calendar: WorkingCalendar | None) -> datetime:
    """The moment (UTC) until which a promise just made meets the guarantee: the end of the day, or the moment itself.

    "Within N days" counts from the day it is made, whatever date was promised; with a `calendar` only the days on
    which the shop works.
    """
    last = last_day(promise.local_day(promise.made_at), terms.days, calendar)
    return _due(promise) if last is None else end_of_day(last, promise.zone)


def last_day(ordered_on: date, days: int | None, calendar: WorkingCalendar | None) -> date | None:
    """The last day of "within `days`" for an order of that day; None where the promised date is guaranteed.

    With a `calendar` only its working days count: 0 is then the day of the order or the next working one.
    """
    if days is None:
        return None
    return ordered_on + timedelta(days=days) if calendar is None else calendar.add_working_days(ordered_on, days)


def moved_until(before: datetime, successor: Promise, terms: GuaranteeTerms) -> datetime:
    """The same after a revision: a date the shop asked for changes nothing. One the customer wished counts where it
    became the original; with "within N days" only when it is later.
    """
    is_wish = successor.asked_by == AskedBy.CUSTOMER and successor.original_due_at == successor.due_at
    if not is_wish:
        return before
    return _due(successor) if terms.days is None else max(before, _due(successor))


def _due(promise: Promise) -> datetime:
    return promise.due_at if promise.unit == Unit.MOMENT else end_of_day(promise.due_on, promise.zone)


def judged_after(promise: Promise, until: datetime) -> datetime:
    """Until when evidence is waited for: as long after the guaranteed moment as the ledger waits after the due one."""
    settles = promise.settle_after
    return until + (kind(promise.kind).grace if settles is None else settles - promise.due_at)


def verdict(promise: Promise, held: Cover, *, cancelled_at: datetime | None, at: datetime) -> Verdict | None:
    """What became of the guarantee; None while it is not known. `promise` is the newest of its chain.

    Cancelled before its time it is void; cancelled after it had passed it is late, because the word was broken then.
    """
    until = held.guaranteed_until
    if promise.fulfilled_at is not None:  # a day ends when the next begins; a moment counts itself
        in_time = promise.fulfilled_at <= until if promise.unit == Unit.MOMENT else promise.fulfilled_at < until
        return "met" if in_time else "late"
    if promise.state == State.CANCELLED:
        return "late" if cancelled_at is not None and cancelled_at >= until else "void"
    return "late" if held.judge_after <= at else None


STATE_OF: dict[Verdict, CoverState] = {"met": CoverState.MET, "late": CoverState.LATE, "void": CoverState.VOID}


def amount_of(rule: RemedyRule, value_minor: int | None, *, step: int = 1) -> int | None:
    """What the customer gets in minor units, rounded up to whole `step`s; None for remedies without an amount, and
    where a share is asked of an order whose value is not known.
    """
    if rule.amount_minor is not None:
        return rule.amount_minor
    if rule.percent is None or value_minor is None:
        return None
    share = Decimal(value_minor) * rule.percent / 100 / step
    amount = int(share.to_integral_value(ROUND_CEILING)) * step
    return amount if rule.most_minor is None else min(amount, rule.most_minor)


def cost_of(rule: RemedyRule, amount_minor: int | None, delivery_minor: int | None) -> int:
    """What it costs the shop at most: a voucher counts whole, free delivery as much as this order's delivery."""
    return (delivery_minor or 0) if rule.kind == RemedyKind.FREE_DELIVERY else (amount_minor or 0)


@dataclass(frozen=True)
class Standing:
    """What was given before: `spent_minor` in the budget's period, `of_customer` remedies in the customer's."""

    spent_minor: int = 0
    of_customer: int = 0


def hold_of(
    rule: RemedyRule, caps: Caps, *, customer: str, amount_minor: int | None, cost_minor: int, before: Standing
) -> str:
    """Why a person must look before this remedy is given; "" where none must."""
    if not customer:
        return Hold.CUSTOMER_UNKNOWN.value
    if not amount_minor and (rule.amount_minor is not None or rule.percent is not None):
        return Hold.AMOUNT_UNKNOWN.value
    if caps.approval_above_minor is not None and cost_minor > caps.approval_above_minor:
        return Hold.LIMIT.value
    if caps.per_customer is not None and before.of_customer >= caps.per_customer:
        return Hold.CUSTOMER.value
    if caps.budget_minor is not None and before.spent_minor + cost_minor > caps.budget_minor:
        return Hold.BUDGET.value
    return ""
