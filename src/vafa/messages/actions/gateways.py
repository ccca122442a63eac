"""Setting up gateways."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.kit.signing import lock_away
from vafa.messages.catalogue import gateway_kinds
from vafa.messages.models import Gateway
from vafa.messages.queries.gateways import PURPOSE


def add_gateway(kind: str, label: str, given: Mapping[str, str]) -> Gateway:
    """Set up an account at a gateway, tried after those there are. Problems: `unknown-gateway`, `setting-missing`."""
    if kind not in gateway_kinds():
        raise Problem("unknown-gateway", _("There is no such gateway."), status=404)
    last = Gateway.objects.aggregate(last=Max("position"))["last"]
    gateway = Gateway(kind=kind, label=label, position=0 if last is None else last + 1)
    _fill(gateway, given, {})
    gateway.save()
    return gateway


def adopt_environment() -> None:
    """The mail server named by `VAFA_SMTP_HOST` is a gateway like the others, so that its health is kept."""
    if settings.SMTP["host"] and not Gateway.objects.filter(kind="smtp", from_environment=True).exists():
        row = Gateway(kind="smtp", label=settings.SMTP["host"][:80], from_environment=True)
        Gateway.objects.bulk_create([row], ignore_conflicts=True)


def _fill(gateway: Gateway, given: Mapping[str, str], kept: Mapping[str, str]) -> None:
    """Settings in the open, secrets locked away; a secret that is not given stays what it was (`kept`)."""
    described = gateway_kinds()[gateway.kind].settings
    values = {each.name: given.get(each.name, "").strip() or kept.get(each.name, "") for each in described}
    for each in described:
        if each.required and not values[each.name]:
            raise Problem("setting-missing", _("This must be filled in."), field=each.name, status=422)
    gateway.settings = {each.name: values[each.name] for each in described if not each.secret}
    secrets = {each.name: values[each.name] for each in described if each.secret and values[each.name]}
    gateway.sealed = lock_away(PURPOSE, json.dumps(secrets)) if secrets else ""
