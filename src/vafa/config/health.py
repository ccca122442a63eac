"""`/healthz`: for whatever watches over the installation."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vafa.config.backup.daily import newest_at
from vafa.jobs import queries
from vafa.kit.clock import real_now


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503. Ages in seconds are null where no worker or backup is known.

    A shared cache that is away makes limits looser and pages slower, and is no failure.
    """
    at = real_now()
    try:
        silence = queries.worker_silence(at)
        backup = newest_at()
        troubles = queries.troubles(at)
        counts = queries.count_by_state()
    except Error:
        return JsonResponse({"status": "failing", "database": "does not answer"}, status=503)
    return JsonResponse(
        {
            "status": "ok",
            "database": "answers",
            "shared_cache": _shared_cache(),
            "worker_seen_seconds": None if silence is None else round(silence.total_seconds(), 1),
            "troubles": troubles,
            "backup_age_seconds": None if backup is None else round((at - backup).total_seconds()),
            "jobs": {"waiting": counts["waiting"], "running": counts["running"], "failed": counts["failed"]},
        }
    )


def _shared_cache() -> str | None:
    """Whether what web processes share answers; None where each has a cache of its own."""
    if "LOCATION" not in settings.CACHES["default"]:
        return None
    cache.set("health", 1, timeout=60)
    return "answers" if cache.get("health") else "does not answer"
