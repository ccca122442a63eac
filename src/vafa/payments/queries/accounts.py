"""Accounts at gateways with their settings."""

from __future__ import annotations

import json

from django.conf import settings

from vafa.kit.signing import unlock
from vafa.payments.gateways import KINDS
from vafa.payments.models import GatewayAccount
from vafa.shop.queries import the_shop

PURPOSE = "payments.gateway"  # of the encryption
SANDBOX = "sandbox"


def accounts() -> list[GatewayAccount]:
    """All that are set up and whose kind this version knows, in the order in which customers see them."""
    return [each for each in GatewayAccount.objects.order_by("position", "pk") if each.kind in KINDS]


def account_by(code: str) -> GatewayAccount | None:
    """The account of that code."""
    return next((each for each in accounts() if each.code == code), None)


def settings_of(account: GatewayAccount | None) -> dict[str, str] | None:
    """Everything the gateway's adapter needs, secrets too; None where they cannot be read (the secret key changed)."""
    if account is None or not account.sealed:
        return dict(account.settings) if account else {}
    opened = unlock(PURPOSE, account.sealed)
    return None if opened is None else {**account.settings, **json.loads(opened)}


def is_trying() -> bool:
    """Whether money is only played here: a simulated shop, or a server that is being worked on."""
    return the_shop().simulated or settings.DEBUG


def sandbox_is_open() -> bool:
    """Whether anybody may pay on the sandbox's page: where money is only played, or the owner switched it on."""
    return is_trying() or any(each.kind == SANDBOX and each.enabled for each in accounts())
