"""Gateways as they are set up, with their settings."""

from __future__ import annotations

import json
from datetime import datetime

from django.conf import settings

from vafa.kit.signing import unlock
from vafa.messages.catalogue import gateway_kinds
from vafa.messages.models import Gateway

PURPOSE = "messages.gateway"  # of the encryption


def gateways() -> list[Gateway]:
    """All that are set up and whose kind this version knows, in the order in which they are tried."""
    return [each for each in Gateway.objects.order_by("position", "pk") if each.kind in gateway_kinds()]


def usable_gateways(channel: str, at: datetime) -> list[Gateway]:
    """Those of a channel that may be tried at real time `at`."""
    return [each for each in gateways() if gateway_kinds()[each.kind].channel == channel and each.is_usable(at)]


def settings_of(gateway: Gateway) -> dict[str, str] | None:
    """Everything the gateway's adapter needs, secrets too; None where they cannot be read (the secret key changed)."""
    if gateway.from_environment:
        return dict(settings.SMTP)
    if not gateway.sealed:
        return dict(gateway.settings)
    opened = unlock(PURPOSE, gateway.sealed)
    return None if opened is None else {**gateway.settings, **json.loads(opened)}
