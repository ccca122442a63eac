"""The gateways that can be set up: one folder each, described by its `KIND`."""

from __future__ import annotations

from collections.abc import Mapping

from vafa.payments.gateways import cash, sandbox, stripe, transfer, zarinpal
from vafa.payments.gateways.kinds import GatewayKind

KINDS: Mapping[str, GatewayKind] = {
    each.name: each for each in (zarinpal.KIND, stripe.KIND, cash.KIND, transfer.KIND, sandbox.KIND)
}

__all__ = ["KINDS"]
