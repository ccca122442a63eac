"""What is computed from the built history: the first report at once, the model and the look back by the worker."""

from __future__ import annotations

from datetime import datetime

from vafa.console.actions import write_history_report
from vafa.delivery.actions.backtests import ask_quick_backtest
from vafa.jobs.actions import enqueue

FIT = "delivery.fit"


def ask_for_figures(*, at: datetime) -> None:
    """Write the first report, and ask the worker for the model and a quick backtest. In the caller's transaction."""
    write_history_report(at=at)
    enqueue(FIT, arguments={"activate": True}, priority=2, at=at)
    ask_quick_backtest(at=at)
