"""Job entry points."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from vafa.connectors.actions import inbox as inbox_actions
from vafa.connectors.actions.asking import ask_source
from vafa.connectors.actions.dropping import collect_files
from vafa.connectors.actions.goods import GoodsOutcome
from vafa.connectors.actions.inbox import forget_raw, read_items, read_left_behind
from vafa.connectors.actions.runs import carry_out, forget_old_files
from vafa.connectors.models import ImportRun, ImportState, TrackingSource
from vafa.connectors.queries.tracking import source_by
from vafa.jobs.work import Work


def import_file(work: Work) -> dict[str, Any] | None:
    """Carry out the import that the argument `run` names; nothing when it is done or gone."""
    run = ImportRun.objects.filter(public_id=work.arguments["run"]).first()
    if run is None or run.state in {ImportState.DONE, ImportState.DRAFT}:
        return None
    outcome = carry_out(run, progress=work.progress)
    if isinstance(outcome, GoodsOutcome):
        made = outcome.products.created
        return {"url": reverse("connectors:products-run", args=[run.public_id]), "products": made}
    return {"url": reverse("connectors:run", args=[run.public_id]), "orders": outcome.survey.orders}


def tidy(work: Work) -> dict[str, Any]:
    """Forget files that nobody imported, and the texts of old messages of carriers."""
    return {"forgotten": forget_old_files(), "messages": forget_raw()}


def inbox(work: Work) -> dict[str, Any]:
    """Read the message that the argument `item` names; nothing when it is read or gone."""
    return {"read": read_items([int(work.arguments["item"])])}


def collect(work: Work) -> dict[str, Any]:
    """Read what lies in the drop folders, and messages that lost their worker."""
    files = [found for source in TrackingSource.objects.filter(enabled=True) for found in collect_files(source)]
    return {"files": len(files), "rows": sum(found.rows for found in files), "left_behind": read_left_behind()}


def ask(work: Work) -> dict[str, Any]:
    """Ask the carriers that do not tell by themselves."""
    sources = TrackingSource.objects.filter(enabled=True).exclude(asks="")
    return {"answered": sum(ask_source(source) for source in sources)}


def replay(work: Work) -> dict[str, Any] | None:
    """Read once more all that the source which the argument `source` names ever sent."""
    source = source_by(str(work.arguments["source"]))
    if source is None:
        return None
    found = inbox_actions.replay(source, progress=work.progress)
    url = reverse("connectors:source", args=[source.code])
    return {"url": url, "read": found.items, "new": found.events.created, "changed": found.events.updated}
