"""What the accounts room does by the clock."""

from __future__ import annotations

from vafa.accounts import actions
from vafa.jobs.work import Work
from vafa.kit.clock import real_now


def tidy(work: Work) -> dict[str, int]:
    """Delete sessions that are over, forms sent yesterday and failed sign-ins of long ago."""
    return {"deleted": actions.forget_old_visits(at=real_now())}
