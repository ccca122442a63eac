"""Which rows the broker is to be told of: those it was never told of, and those whose message got lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from vafa.jobs.models import Job

AGAIN_AFTER = timedelta(seconds=10)


def to_be_sent(*, at: datetime, most: int) -> list[tuple[int, int]]:
    """Mark up to `most` free rows as sent at real time `at`, the next ones first; their numbers and priorities.

    A row is to be sent when it became free after it was last sent (a retry, a lease that ran out, work for later), and
    again when it is still free some seconds after. A message too many is harmless: a row is claimed once.
    """
    unsent = Q(sent_at__isnull=True) | Q(sent_at__lt=F("free_at")) | Q(sent_at__lt=at - AGAIN_AFTER)
    free = Job.objects.filter(unsent, free_at__lte=at)
    if not free.exists():  # looking takes no lock
        return []
    with transaction.atomic():
        rows = free.order_by("-priority", "free_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        found = list(rows.values_list("pk", "priority")[:most])
        Job.objects.filter(pk__in=[number for number, _priority in found]).update(sent_at=at)
    return found
