"""What a draft would cost is asked for by a person and worked out by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.guarantee_cost import LIMIT, replay
from vafa.delivery.models import GuaranteeCost
from vafa.jobs.actions import enqueue
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.guarantee_terms import GuaranteeTerms
from vafa.promises.models import Guarantee
from vafa.promises.queries.guarantees import drafted_or_published

TASK = "delivery.guarantee_cost"


def ask_cost(guarantee: Guarantee, *, limit: float = LIMIT, at: datetime | None = None) -> GuaranteeCost:
    """Write down that somebody wants to know what the draft (else the published terms) would have cost, and its job.

    `limit`: the share of sales to stay under. Problem `bad-limit` outside 0.1 to 50 percent.
    """
    at = at or clock.now()
    if not 0.001 <= limit <= 0.5:
        raise Problem("bad-limit", _("The limit lies between 0.1 and 50 percent of sales."), field="limit")
    terms = drafted_or_published(guarantee)
    if terms is None:
        raise Problem("no-draft", _("There is no draft to publish."), status=409)
    with transaction.atomic():
        asked = GuaranteeCost(guarantee=guarantee, terms=terms.as_json(), digest=terms.digest, limit=limit, asked_at=at)
        asked.job_ref = enqueue(TASK, arguments={"cost": str(asked.public_id)}, most_attempts=2, at=at).public_id
        asked.save(force_insert=True)
    return asked


def work_out_cost(
    public_id: UUID, *, progress: Callable[[float, str], None] | None = None, at: datetime | None = None
) -> GuaranteeCost:
    """Replay the last year under the terms that were asked about, and keep the report. Twice writes the same again."""
    asked = GuaranteeCost.objects.get(public_id=public_id)
    report = replay(GuaranteeTerms.from_json(asked.terms), asked.limit, progress)
    GuaranteeCost.objects.filter(pk=asked.pk).update(report=report, finished_at=at or clock.now())
    asked.refresh_from_db()
    return asked
