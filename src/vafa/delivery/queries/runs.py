"""Reads of backtest runs."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from vafa.delivery.models import BacktestRun


def backtest_runs() -> QuerySet[BacktestRun]:
    """Newest first."""
    return BacktestRun.objects.order_by("-asked_at", "-id")


def backtest_run(public_id: UUID) -> BacktestRun | None:
    """One run; None where there is none."""
    return BacktestRun.objects.filter(public_id=public_id).first()
