"""What the gateways' answers say about the gateways themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from vafa.messages.adapters import Outcome
from vafa.messages.models import Gateway, Result

FAILURES_UNTIL_REST = 3
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(hours=1)


def note_outcome(gateway: Gateway, outcome: Outcome, *, at: datetime) -> None:
    """Remember a success, a failure, a refused credential. After three failures in a row the gateway is left alone, for
    twice as long after each further one, up to an hour. A refusal of one message says nothing about the gateway."""
    row = Gateway.objects.filter(pk=gateway.pk)
    if outcome.result in {Result.SENT, Result.REFUSED}:
        row.update(failures=0, resting_until=None)
    if outcome.result == Result.SENT:
        row.update(last_success_at=at, refused_since=None)
        return
    row.update(last_failure_at=at, last_sentence=outcome.sentence)
    if outcome.result == Result.CREDENTIAL:
        row.filter(refused_since__isnull=True).update(refused_since=at)
    elif outcome.result in {Result.TEMPORARY, Result.UNCERTAIN}:
        row.update(failures=F("failures") + 1)
        failures = row.values_list("failures", flat=True).first() or 0
        if failures >= FAILURES_UNTIL_REST:
            rest = min(FIRST_REST * 2 ** min(failures - FAILURES_UNTIL_REST, 10), LONGEST_REST)
            row.update(resting_until=at + rest)
