"""The worker's part."""

from __future__ import annotations

from vafa.jobs.work import Work
from vafa.kit.clock import now
from vafa.requests import actions


def erase(work: Work) -> dict[str, int]:
    """Finish erasures that waited for orders to arrive."""
    return {"finished": actions.go_on_erasing(at=now())}
