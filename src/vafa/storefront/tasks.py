"""The worker's part of the window."""

from __future__ import annotations

from vafa.customers import actions as customers
from vafa.jobs.work import Work
from vafa.kit.clock import real_now
from vafa.storefront.signing_in import send_asked_code


def code(work: Work) -> dict[str, object]:
    """Send a code that somebody asked for, where anybody has the address."""
    send_asked_code(work.arguments["asked"], at=real_now())
    return {}


def tidy(work: Work) -> dict[str, int]:
    """Forget old codes and ended sessions."""
    return {"forgotten": customers.forget_old(at=real_now())}
