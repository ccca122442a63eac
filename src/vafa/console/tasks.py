"""Background work of the console."""

from __future__ import annotations

from typing import Any

from vafa.console import actions
from vafa.jobs.work import Work


def write_history_report(work: Work) -> dict[str, Any]:
    """Task `console.report`."""
    report = actions.write_history_report()
    return {"orders": report.body["orders"]}
