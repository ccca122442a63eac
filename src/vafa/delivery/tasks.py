"""What the worker does for this room."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.urls import reverse

from vafa.delivery.actions import fitting as actions
from vafa.delivery.actions.backtests import make_report
from vafa.delivery.actions.claims import check_claims
from vafa.delivery.actions.fitting import fit_model, refresh_records
from vafa.delivery.actions.guarantee_costs import work_out_cost
from vafa.delivery.actions.pooling import is_pooling_due, keep_pooled
from vafa.delivery.actions.watching import watch as watch_promises
from vafa.jobs.work import Work


def fit(work: Work) -> dict[str, Any]:
    """Fit a model to everything known; `activate` in the arguments lets it answer from now on (default: yes)."""
    row = fit_model(activate=bool(work.arguments.get("activate", True)), progress=work.progress)
    return {"version": row.version, "orders": row.orders, "url": reverse("delivery:models")}


def learn(work: Work) -> dict[str, Any]:
    """After new orders, and once a week: a new fit where it is due, else newer records; nothing in a small shop."""
    row = actions.learn(progress=work.progress)
    return {"version": row.version if row else None}


def refresh(work: Work) -> dict[str, Any]:
    """Bring the pooled history and the records of the active model up to date, without a refit."""
    keep_pooled()
    row = refresh_records()
    return {"version": row.version if row else None}


def pool(work: Work) -> dict[str, Any]:
    """Every few minutes: what the newest orders and changed settings say by themselves, where no model answers yet."""
    row = keep_pooled() if is_pooling_due() else None
    return {"orders": row.orders if row else None}


def backtest(work: Work) -> dict[str, Any]:
    """Make the report of one asked backtest."""
    run = make_report(UUID(work.arguments["run"]), progress=work.progress)
    return {"url": reverse("delivery:backtest", args=[run.public_id])}


def guarantee_cost(work: Work) -> dict[str, Any]:
    """Work out what one draft would have cost."""
    found = work_out_cost(UUID(work.arguments["cost"]), progress=work.progress)
    return {"url": reverse("delivery:guarantee-cost", args=[found.guarantee.code])}


def check_claims_now(work: Work) -> dict[str, Any] | None:
    """Check what is advertised against what was delivered. Every hour."""
    checked = check_claims()
    return {"claims": checked} if checked else None


def watch(work: Work) -> dict[str, Any]:
    """Every minute: open promises that something happened to or that were last looked at an hour ago, and notices."""
    return asdict(watch_promises(progress=work.progress))
