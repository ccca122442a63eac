"""What the worker does for this room."""

from __future__ import annotations

from typing import Any

from vafa.jobs.work import Work
from vafa.payments import actions


def claim(work: Work) -> dict[str, Any] | None:
    """Take over refunds that are due, batch by batch. Every minute."""
    taken = 0
    while count := actions.take_over():
        taken += count
        work.progress(0.5)
    return {"refunds": taken} if taken else None


def reconcile(work: Work) -> dict[str, Any] | None:
    """Ask gateways about payments whose customer did not come back, and for refunds on their way. Every minute."""
    asked = actions.reconcile()
    work.progress(0.5)
    sent = actions.try_sending()
    return {"payments": asked, "refunds": sent} if asked or sent else None


def send_back(work: Work) -> dict[str, Any]:
    """Let a gateway give one refund."""
    return {"refunds": actions.try_sending(work.arguments["refund"])}


def try_out(work: Work) -> dict[str, Any]:
    """Begin a payment that nobody pays."""
    return {"works": actions.try_out(work.arguments["account"])}
