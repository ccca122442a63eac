"""What was said to a customer about an open promise, and what he answered: entries beside its outcome."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vafa.promises.actions.recording import next_step, record
from vafa.promises.models import EventKind, Promise
from vafa.promises.terms import check_evidence


def record_warning(promise: Promise, *, evidence: dict[str, str], at: datetime) -> None:
    """Write down that the customer was told at `at` that the promise is in danger.

    Its state, its date and every figure stay as they are. Problem `bad-evidence`.
    """
    _record(promise, EventKind.WARNED, evidence, at)


def record_answer(promise: Promise, *, evidence: dict[str, str], at: datetime) -> None:
    """Write down what the customer chose; what follows from it is an event of its own. Problem `bad-evidence`."""
    _record(promise, EventKind.ANSWERED, evidence, at)


def _record(promise: Promise, kind: EventKind, evidence: dict[str, str], at: datetime) -> None:
    checked = check_evidence(evidence)
    with transaction.atomic():
        held = Promise.objects.select_for_update().only("pk").get(pk=promise.pk)
        record(held.pk, kind, next_step(held.pk), at=at, recorded_at=at, evidence=checked)
