"""What changed is left for the index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from vafa.catalog.models import Reindex
from vafa.jobs.actions import enqueue_unless_waiting


def leave_for_index(codes: Iterable[str], *, at: datetime) -> None:
    """Leave these products for the index, in the caller's transaction, and ask the worker to come for them."""
    rows = Reindex.objects.bulk_create([Reindex(product_code=code, at=at) for code in sorted(set(codes))])
    if rows:
        enqueue_unless_waiting("catalog.index", at=at)
