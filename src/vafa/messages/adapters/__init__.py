"""How a letter is handed to a gateway: one module for each way of speaking."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vafa.messages.adapters import smtp
from vafa.messages.adapters.outcome import Outcome, Outgoing
from vafa.messages.catalogue import GatewayKind

Deliver = Callable[[GatewayKind, Mapping[str, str], Outgoing], Outcome]
ADAPTERS: dict[str, Deliver] = {"smtp": smtp.deliver}


def hand_over(kind: GatewayKind, settings: Mapping[str, str], outgoing: Outgoing) -> Outcome:
    """Give the letter to the gateway and say what came of it; what it says never holds a secret or the address."""
    outcome = ADAPTERS[kind.adapter](kind, settings, outgoing)
    secrets = [settings.get(each.name, "") for each in kind.settings if each.secret]
    return outcome.without([*secrets, outgoing.address])


__all__ = ["Outcome", "Outgoing", "hand_over"]
