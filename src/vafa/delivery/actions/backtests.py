"""Writes of backtest runs: asked for by a person, run by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vafa.delivery.actions.fitting import holidays_of
from vafa.delivery.backtesting import Spec, details, figures, run
from vafa.delivery.models import BacktestRun
from vafa.delivery.queries.history import history, stars
from vafa.jobs.actions import enqueue
from vafa.kit import clock

TASK = "delivery.backtest"
QUICK = Spec(every=56, first_after=180)


def ask_backtest(spec: Spec, *, at: datetime | None = None) -> BacktestRun:
    """Write down that somebody wants this backtest, and the job that makes it, together."""
    now = at or clock.now()
    with transaction.atomic():
        asked = BacktestRun(asked_at=now, options=spec.as_json())
        asked.job_ref = enqueue(TASK, arguments={"run": str(asked.public_id)}, most_attempts=2, at=now).public_id
        asked.save(force_insert=True)
    return asked


def ask_quick_backtest(*, at: datetime | None = None) -> BacktestRun:
    """As `ask_backtest`, with three fits to a year instead of thirteen: for a first look."""
    return ask_backtest(QUICK, at=at)


def make_report(
    public_id: UUID, *, progress: Callable[[float, str], None] | None = None, at: datetime | None = None
) -> BacktestRun:
    """Run the backtest that was asked for and keep its report. Running it twice writes the same report again."""
    asked = BacktestRun.objects.get(public_id=public_id)
    known = history()
    result = run(known, Spec.from_json(asked.options), holidays_of(known) if len(known) else frozenset(), progress)
    report = {**figures(result), "details": details(result, stars())}
    BacktestRun.objects.filter(pk=asked.pk).update(report=report, finished_at=at or clock.now())
    asked.refresh_from_db()
    return asked
