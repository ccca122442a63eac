"""What the worker does for checkout."""

from __future__ import annotations

from typing import Any

from vafa.checkout import actions
from vafa.checkout.actions.telling import follow_confirmations
from vafa.checkout.actions.tidying import forget_empty_baskets, forget_lapsed_purchases, forget_left_baskets
from vafa.jobs.work import Work
from vafa.kit.clock import now


def follow(work: Work) -> dict[str, Any] | None:
    """Take notice of payments, end what was not paid, close prices whose time is over, see which confirmations were
    sent, end checks at their deadline. Every minute.
    """
    at = now()
    done = {
        "settled": actions.settle_claimed(at=at),
        "lapsed": actions.lapse_unpaid(at=at),
        "prices": actions.close_run_out(at=at),
        "confirmed": follow_confirmations(at=at),
        "checks": actions.end_overdue_holds(at=at),
    }
    return {name: count for name, count in done.items() if count} or None


def tidy(work: Work) -> dict[str, Any] | None:
    """Forget empty baskets, what was left behind in others, and addresses of purchases that came to nothing. Daily."""
    at = now()
    done = {
        "left": forget_left_baskets(at=at),
        "empty": forget_empty_baskets(at=at),
        "lapsed": forget_lapsed_purchases(at=at),
    }
    return {name: count for name, count in done.items() if count} or None
