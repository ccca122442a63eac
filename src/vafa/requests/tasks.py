"""The worker's part."""

from __future__ import annotations

from vafa.customers.actions import forget_old_looks
from vafa.jobs.work import Work
from vafa.kit.clock import now
from vafa.requests import actions


def erase(work: Work) -> dict[str, int]:
    """Finish erasures that waited for orders to arrive, and forget who looked at what over a year ago."""
    at = now()
    return {"finished": actions.go_on_erasing(at=at), "looks": forget_old_looks(at=at)}
