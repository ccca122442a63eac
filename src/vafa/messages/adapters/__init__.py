"""How a letter is handed to a gateway: one module for each way of speaking, loaded when first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vafa.messages.adapters.outcome import Outcome, Outgoing
from vafa.messages.catalogue import GatewayKind

Deliver = Callable[[GatewayKind, Mapping[str, str], Outgoing], Outcome]


def hand_over(kind: GatewayKind, settings: Mapping[str, str], outgoing: Outgoing) -> Outcome:
    """Give the letter to the gateway and say what came of it; what it says never holds a secret or the address."""
    outcome = _adapter(kind.adapter)(kind, settings, outgoing)
    secrets = [settings.get(each.name, "") for each in kind.settings if each.secret]
    return outcome.without([*secrets, outgoing.address])


def _adapter(name: str) -> Deliver:
    """Pages never send, and the libraries take half a second to load."""
    if name == "smtp":
        from vafa.messages.adapters.smtp import deliver
    elif name == "http":
        from vafa.messages.adapters.http import deliver
    elif name == "apprise":
        from vafa.messages.adapters.plugins import deliver
    else:
        raise LookupError(f"there is no adapter {name!r}")
    return deliver


__all__ = ["Outcome", "Outgoing", "hand_over"]
