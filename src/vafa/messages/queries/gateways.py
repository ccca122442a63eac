"""Gateways as they are set up, with their settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from vafa.customers.models import Channel
from vafa.customers.queries import contact_points, customer
from vafa.kit.signing import unlock
from vafa.messages.catalogue import GatewayKind, gateway_kinds
from vafa.messages.models import Gateway, Message, State
from vafa.messages.queries.rules import the_rules
from vafa.shop.queries import the_shop

PURPOSE = "messages.gateway"  # of the encryption


def gateways() -> list[Gateway]:
    """All that are set up and whose kind this version knows, in the order in which they are tried."""
    return [each for each in Gateway.objects.order_by("position", "pk") if each.kind in gateway_kinds()]


def channels_that_work() -> set[str]:
    """By which channels the shop can write at all: those of the gateways that are switched on."""
    return {gateway_kinds()[each.kind].channel for each in gateways() if each.enabled}


def can_tell(customer_ref: str) -> bool:
    """Whether a message can reach this customer now: the switch lets it go, and a gateway is there for an address of
    his. In a simulated shop always: what is kept there counts as sent, as nobody else is to read it.
    """
    if the_shop().simulated:
        return True
    person = customer(customer_ref)
    if person is None or the_rules().holds:
        return False
    by_environment = {Channel.EMAIL.value} if settings.SMTP["host"] else set()  # adopted with the first message
    return any(point.channel in channels_that_work() | by_environment for point in contact_points(person))


@dataclass(frozen=True)
class Health:
    """How a gateway is. `state`: off, unreadable (its secrets), refused (its credential), resting, failing, good, new.

    `queue` is how many messages wait whose next way is its channel.
    """

    gateway: Gateway
    kind: GatewayKind
    state: str
    queue: int

    @property
    def tone(self) -> str:
        """The colour of its state."""
        bad, warn = {"refused", "unreadable"}, {"resting", "failing"}
        return (
            "bad"
            if self.state in bad
            else "warn"
            if self.state in warn
            else "good"
            if self.state == "good"
            else "neutral"
        )


def health(at: datetime) -> list[Health]:
    """Every gateway that is set up, in the order in which they are tried, and how it is at real time `at`."""
    waiting = Message.objects.filter(state=State.WAITING, channel__gt="").values_list("channel")
    queues = dict(waiting.annotate(Count("pk")).order_by())
    found = []
    for each in gateways():
        kind = gateway_kinds()[each.kind]
        found.append(Health(each, kind, _state(each, at), queues.get(kind.channel, 0)))
    return found


def _state(gateway: Gateway, at: datetime) -> str:
    if not gateway.enabled:
        return "off"
    if settings_of(gateway) is None:
        return "unreadable"
    if gateway.refused_since is not None:
        return "refused"
    if not gateway.is_usable(at):
        return "resting"
    if gateway.failures:
        return "failing"
    return "good" if gateway.last_success_at else "new"


def settings_of(gateway: Gateway) -> dict[str, str] | None:
    """Everything the gateway's adapter needs, secrets too; None where they cannot be read (the secret key changed)."""
    if gateway.from_environment:
        return dict(settings.SMTP)
    if not gateway.sealed:
        return dict(gateway.settings)
    opened = unlock(PURPOSE, gateway.sealed)
    return None if opened is None else {**gateway.settings, **json.loads(opened)}
