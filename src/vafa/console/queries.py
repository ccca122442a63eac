"""Reads of the console."""

from __future__ import annotations

from vafa.console.models import HistoryReport
from vafa.delivery import queries as delivery


def newest_report() -> HistoryReport | None:
    """The kept report on the history; None before the first."""
    return HistoryReport.objects.order_by("-made_at", "-pk").first()


def is_stale(report: HistoryReport | None) -> bool:
    """Whether facts are known that the report has not seen."""
    newest = delivery.last_fact()
    if newest is None:
        return False
    return report is None or report.facts_until is None or report.facts_until < newest
