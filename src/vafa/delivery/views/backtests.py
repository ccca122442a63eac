"""Backtests: asked for, watched, read."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.actions.backtests import ask_backtest
from vafa.delivery.backtest_page import shown, standalone_page
from vafa.delivery.backtesting import Spec
from vafa.delivery.forms.questions import BacktestForm
from vafa.delivery.models import BacktestRun
from vafa.delivery.queries.runs import backtest_run, backtest_runs
from vafa.jobs.queries import job_by_public_id
from vafa.kit.problems import Problem

SHOWN = 20


@require_GET
@staff_required
def runs(request: HttpRequest) -> HttpResponse:
    """The list, and the form for another one."""
    return render(request, "delivery/backtests.html", {"runs": backtest_runs()[:SHOWN], "form": BacktestForm()})


@require_POST
@owner_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a backtest."""
    form = BacktestForm(request.POST)
    if not form.is_valid():
        return render(request, "delivery/backtests.html", {"runs": backtest_runs()[:SHOWN], "form": form}, status=422)
    data = form.cleaned_data
    asked = ask_backtest(Spec(data["score_from"], data["every"], data["first_after"]))
    return redirect("delivery:backtest", asked.public_id)


@require_GET
@staff_required
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report, or how far it is."""
    run = _run(public_id)
    job = job_by_public_id(run.job_ref) if run.job_ref and run.report is None else None
    return render(
        request, "delivery/backtest.html", {"run": run, "job": job, **(shown(run.report) if run.report else {})}
    )


@require_GET
@staff_required
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report as a page in one file, to keep or to send."""
    run = _run(public_id)
    if run.report is None:
        raise Problem("not-finished", _("This backtest is not finished."), status=409)
    name = f"backtest-{run.asked_at:%Y-%m-%d}.html"
    return HttpResponse(standalone_page(run.report), headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _run(public_id: UUID) -> BacktestRun:
    run = backtest_run(public_id)
    if run is None:
        raise Problem("unknown-backtest", _("There is no such backtest."), status=404)
    return run
