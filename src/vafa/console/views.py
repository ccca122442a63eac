"""The doors of the console: today, and the report on the shop's history."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.console import queries
from vafa.console.pending import pending_matters
from vafa.console.pictures import months_picture, weeks_picture
from vafa.console.today import Waiting, things_to_do
from vafa.delivery import queries as delivery
from vafa.delivery.queries.claims import open_alerts
from vafa.delivery.queries.risk_rows import risk_rows
from vafa.delivery.queries.slips import alerts_in_words
from vafa.delivery.queries.unpriced import unpriced
from vafa.delivery.queries.watching import at_risk_counts, promises_at_risk
from vafa.jobs import queries as jobs
from vafa.jobs.actions import enqueue
from vafa.kit import clock
from vafa.kit.templatetags.formats import out_of
from vafa.promises import queries as promises
from vafa.promises.queries.remedies import counts_by_state
from vafa.shop.queries import the_shop

PERIOD = timedelta(days=90)
SHOWN = 8


@staff_required
def home(request: HttpRequest) -> HttpResponse:
    at, shop = clock.now(), the_shop()
    today = at.astimezone(ZoneInfo(shop.zone)).date()
    report = queries.newest_report()
    body = report.body if report else None
    risk, approvals = at_risk_counts(at=at), counts_by_state().get("waiting", 0)
    is_owner = bool(getattr(request.user, "is_owner", False))
    weeks = queries.kept_by_week(today)
    context = {
        "today": today,
        "report": body,
        "unpriced": unpriced(),
        "is_empty": not (body and body.get("orders")) and promises.last_due_day() is None,
        "pending": pending_matters(risk, approvals=approvals, is_owner=is_owner),
        "slips": alerts_in_words(),
        "weeks": weeks_picture(weeks),
        "four_weeks": queries.four_weeks(weeks),
        "headline": promises.headline(today - PERIOD, today),
        "original": promises.headline(today - PERIOD, today, against="original"),
        "period_days": PERIOD.days,
        "rows": risk_rows(list(promises_at_risk()[:SHOWN])),
        "at_risk_more": max(risk.every - SHOWN, 0),
        "things": things_to_do(
            shop,
            body,
            Waiting(risk.untold, open_alerts(), approvals),
            has_model=delivery.active_model() is not None,
            is_owner=is_owner,
        ),
    }
    return render(request, "console/home.html", context)


@staff_required
def report(request: HttpRequest) -> HttpResponse:
    found, job = queries.newest_report(), jobs.latest_job("console.report")
    context: dict[str, Any] = {"body": {}, "job": None if job is None or job.is_over else job}
    if found is not None and found.body["orders"]:
        body = found.body
        context |= {
            "body": body,
            "is_stale": queries.is_stale(found),
            "first_placed": datetime.fromisoformat(body["first_placed"]),
            "last_fact": datetime.fromisoformat(body["last_fact"]),
            "caution": out_of(round(100 * body["caution"]), 100),
            "months": months_picture(body.get("days", [])),
        }
    return render(request, "console/report.html", context)


@owner_required
@require_POST
def report_again(request: HttpRequest) -> HttpResponse:
    enqueue(
        "console.report", arguments={}, unique_key=f"console.report:{delivery.last_fact()}:{clock.now():%Y%m%d%H%M}"
    )
    return redirect(reverse("console:report"))
