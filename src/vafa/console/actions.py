"""Writes of the console: the kept report."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from vafa.console.history_report import report_of
from vafa.console.models import HistoryReport
from vafa.console.queries import made_for_me
from vafa.delivery import queries as delivery
from vafa.kit.clock import now
from vafa.shop import queries as shop


def write_history_report(*, at: datetime | None = None) -> HistoryReport:
    """Read the whole history and keep what it says; the reports before it go."""
    at = at or now()
    body = report_of(delivery.history(), stated=shop.stated_times(), caution=shop.the_shop().target_probability)
    made = made_for_me(at)
    body = {**body, "made_for_me": asdict(made) if made.begun or made.settled else None}
    report = HistoryReport.objects.create(made_at=at, facts_until=body.get("last_fact"), body=body)
    HistoryReport.objects.filter(pk__lt=report.pk).delete()
    return report
