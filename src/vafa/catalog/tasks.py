"""What the worker does for this room."""

from __future__ import annotations

from typing import Any

from vafa.catalog.actions.indexing import index_changes, rebuild_index
from vafa.catalog.actions.misses import forget_rare_misses
from vafa.catalog.actions.notices import follow_notices
from vafa.jobs.work import Work
from vafa.kit.clock import now


def index(work: Work) -> dict[str, Any] | None:
    """Bring what changed into the index until nothing is left; with `anew`, everything. Rare misses are forgotten."""
    while forget_rare_misses():
        pass
    if work.arguments.get("anew"):
        return {"products": rebuild_index(work.progress)}
    changed = 0
    while count := index_changes():
        changed += count
        work.progress(0.5)
    return {"changes": changed} if changed else None


def tell_back(work: Work) -> dict[str, Any] | None:
    """Those who wait for an article hear that it is there, or that its day has moved."""
    told = 0
    while count := follow_notices(at=now()):
        told += count
        work.progress(0.5)
    return {"told": told} if told else None
