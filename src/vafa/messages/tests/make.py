"""Messages and gateways by name."""

from __future__ import annotations

from vafa.kit.clock import now
from vafa.messages import actions
from vafa.messages.models import Gateway, Message, Rules

GIVEN = {"order": "A-1", "total": [4_850_000, "IRR"], "items": 2, "due_on": "2026-05-24"}


def letting_go(**rules: object) -> None:
    """The switch is off."""
    Rules.objects.update_or_create(pk=1, defaults={"holds": False, **rules})


def mail_gateway(**settings: str) -> Gateway:
    return actions.add_gateway("smtp", "Mail", settings)


def news(key: str = "confirmed:A-1", **other: object) -> Message:
    """The confirmation of Sara's order."""
    asked = {
        "purpose": "order",
        "template": "orders.confirmed",
        "customer_ref": "C-1",
        "context": GIVEN,
        "about": "order:A-1",
        "at": now(),
    }
    return actions.send(key=key, **{**asked, **other})
