"""Job entry points."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from vafa.connectors.actions.runs import carry_out, forget_old_files
from vafa.connectors.models import ImportRun, ImportState
from vafa.jobs.work import Work


def import_orders(work: Work) -> dict[str, Any] | None:
    """Carry out the import that the argument `run` names; nothing when it is done or gone."""
    run = ImportRun.objects.filter(public_id=work.arguments["run"]).first()
    if run is None or run.state in {ImportState.DONE, ImportState.DRAFT}:
        return None
    outcome = carry_out(run, progress=work.progress)
    return {"url": reverse("connectors:run", args=[run.public_id]), "orders": outcome.survey.orders}


def tidy(work: Work) -> dict[str, Any]:
    """Forget files that nobody imported."""
    return {"forgotten": forget_old_files()}
