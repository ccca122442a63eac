"""What a guarantee would have cost in the last year: its report, as plain values."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from vafa.delivery.kinds import DELIVERY
from vafa.delivery.queries.past_orders import PastOrders, Where, newest_fact, past_orders, promised_days
from vafa.engine import guarantee_cost as engine
from vafa.engine.calendars import WorkingCalendar
from vafa.engine.guarantee_cost import Cost, cost_of, strongest_days
from vafa.engine.local_days import FloatArray, day_of
from vafa.kit.problems import Problem
from vafa.promises import guaranteeing
from vafa.promises.guarantee_terms import GuaranteeTerms
from vafa.promises.guaranteeing import Standing, amount_of, hold_of
from vafa.promises.queries.guarantees import calendar_of

YEAR = timedelta(days=365)
LIMIT = 0.01  # of sales
MOST_DAYS = 30  # longer wordings win nobody
LEAST_ORDERS = 30
Progress = Callable[[float, str], None]


def replay(terms: GuaranteeTerms, limit: float, progress: Progress | None = None) -> dict[str, Any]:
    """The report: the draft itself (`own`), every wording from 0 to 30 days (`wordings`) and on the promised date, and
    the fewest days that stay under `limit` (a share of sales): by the best guess, and with the range's upper end.

    Problems: `cannot-replay` for promises other than of delivery, `too-little-history` (422).
    """
    tell = progress or (lambda share, note: None)
    if terms.kind != DELIVERY.name:
        sentence = _("Only guarantees of delivery can be replayed: for others there is no history of orders.")
        raise Problem("cannot-replay", sentence, status=422)
    tell(0.1, gettext_noop("Reading the orders"))
    until = newest_fact()
    orders = None if until is None else past_orders(_where(terms), until - YEAR, until)
    if orders is None or until is None or len(orders) < LEAST_ORDERS:
        found = 0 if orders is None else len(orders)
        sentence = _("There are %(found)d orders like these in the last year; at least %(least)d are needed.")
        raise Problem("too-little-history", sentence % {"found": found, "least": LEAST_ORDERS}, status=422)
    tell(0.5, gettext_noop("Promising them again under the draft"))
    past = _as_engine_wants(orders, terms)
    own = cost_of(past, terms.days)
    by_days = {days: cost_of(past, days) for days in range(MOST_DAYS + 1)}
    on_date = cost_of(past, None)
    tell(0.9, gettext_noop("Adding up"))
    return {
        "first_day": day_of(int(past.day[0])).isoformat(),
        "last_day": until.date().isoformat(),
        "orders": len(orders),
        "without_promise": int((~np.isfinite(past.promised)).sum()),
        "limit": limit,
        "own": {**_plain(own), "days": terms.days, "waiting": _waiting(orders, past, terms)},
        "wordings": [{"days": days, **_plain(cost)} for days, cost in by_days.items()],
        "on_date": _plain(on_date),
        "strongest": strongest_days(by_days, limit),
        "strongest_surely": strongest_days(by_days, limit, surely=True),
        "segment_ignored": bool(terms.scope.segment),
        "working_days": terms.working_days,
        "currency": terms.currency,
    }


def _where(terms: GuaranteeTerms) -> Where:
    scope = terms.scope
    return Where(scope.place, scope.region, scope.option, scope.product_group)


def _as_engine_wants(orders: PastOrders, terms: GuaranteeTerms) -> engine.PastOrders:
    return engine.PastOrders(
        day=orders.deliveries.day,
        took=orders.deliveries.took(),
        promised=promised_days(orders),
        worth=orders.price,
        remedy=np.array([_remedy(terms, *pair) for pair in zip(orders.price, orders.freight, strict=True)]),
        last_day=orders.deliveries.last_day,
        working=_working(orders, calendar_of(terms)),
    )


def _working(orders: PastOrders, calendar: WorkingCalendar | None) -> FloatArray | None:
    """The days on which the shop works, from the first order until long after the last one; None: every day counts."""
    if calendar is None:
        return None
    first, last = int(orders.deliveries.day.min()), int(orders.deliveries.last_day) + YEAR.days
    return np.array([day for day in range(first, last) if calendar.is_working_day(day_of(day))], dtype=np.float64)


def _remedy(terms: GuaranteeTerms, price: float, freight: float) -> float:
    """What the remedy of one order would cost; nan where its value would have to be known."""
    amount = amount_of(terms.remedy, None if np.isnan(price) else int(price))
    if terms.remedy.percent is not None and amount is None:
        return float("nan")
    if terms.remedy.kind == "free_delivery":
        return float(freight)
    return float(guaranteeing.cost_of(terms.remedy, amount, None))


def _waiting(orders: PastOrders, past: engine.PastOrders, terms: GuaranteeTerms) -> int:
    """How many of the remedies would have waited for a person, with the draft's limits, one after the other."""
    allowed = past.allowed(terms.days)
    late = np.flatnonzero(past.judged(allowed) & (past.took > allowed))
    due: FloatArray = past.day + allowed + 1
    spent: deque[tuple[float, int]] = deque()
    given: dict[str, deque[float]] = {}
    waiting = 0
    for row in late[np.argsort(due[late], kind="stable")]:
        day, customer = float(due[row]), orders.customers[row]
        amount = None if np.isnan(past.remedy[row]) else int(past.remedy[row])
        while spent and spent[0][0] <= day - terms.caps.budget_days:
            spent.popleft()
        mine = given.setdefault(customer, deque())
        while mine and mine[0] <= day - terms.caps.customer_days:
            mine.popleft()
        before = Standing(sum(cost for _day, cost in spent), len(mine))
        cost = amount or 0
        if hold_of(terms.remedy, terms.caps, customer=customer, amount_minor=amount, cost_minor=cost, before=before):
            waiting += 1
        else:
            spent.append((day, cost))
            mine.append(day)
    return waiting


def _plain(cost: Cost) -> dict[str, Any]:
    values = asdict(cost)
    values["cost"] = {name: None if value is None else round(value) for name, value in values["cost"].items()}
    values["late"] = {name: None if value is None else round(value) for name, value in values["late"].items()}
    values["sales"] = round(cost.sales)
    return values
