"""Setting up gateways. What the owner types as a secret is locked away at once and never comes out on a page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.kit.signing import lock_away
from vafa.messages.catalogue import gateway_kinds
from vafa.messages.models import Gateway, Pattern
from vafa.messages.queries.gateways import PURPOSE, gateways, settings_of
from vafa.messages.registry import ALWAYS
from vafa.messages.registry import template as template_named

MOST_PARAMETERS = 10


def add_gateway(kind: str, label: str, given: Mapping[str, str]) -> Gateway:
    """Set up an account at a gateway, tried after those there are. Problems: `unknown-gateway`, `setting-missing`."""
    if kind not in gateway_kinds():
        raise Problem("unknown-gateway", _("There is no such gateway."), status=404)
    last = Gateway.objects.aggregate(last=Max("position"))["last"]
    gateway = Gateway(kind=kind, label=label, position=0 if last is None else last + 1)
    _fill(gateway, given, {})
    gateway.save()
    return gateway


def change_gateway(gateway: Gateway, label: str, given: Mapping[str, str], *, enabled: bool) -> None:
    """Change an account; secrets that are not given stay. It counts as healthy again: what was wrong may be right now.

    Problem `setting-missing`.
    """
    gateway.label, gateway.enabled = label, enabled
    if not gateway.from_environment:
        _fill(gateway, given, settings_of(gateway) or {})
    gateway.failures, gateway.resting_until, gateway.refused_since = 0, None, None
    gateway.save()


def remove_gateway(gateway: Gateway) -> None:
    """Forget the account and its secrets; what was sent by it stays. One from the environment is switched off there."""
    if gateway.from_environment:
        raise Problem("from-environment", _("This one is set by environment variables; remove those."), status=409)
    gateway.delete()


@transaction.atomic
def move_up(gateway: Gateway) -> None:
    """Try it before the one that was before it."""
    order = [each.pk for each in gateways()]
    place = order.index(gateway.pk)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    for position, pk in enumerate(order):
        Gateway.objects.filter(pk=pk).update(position=position)


def adopt_environment() -> None:
    """The mail server named by `VAFA_SMTP_HOST` is a gateway like the others, so that its health is kept."""
    if settings.SMTP["host"] and not Gateway.objects.filter(kind="smtp", from_environment=True).exists():
        row = Gateway(kind="smtp", label=settings.SMTP["host"][:80], from_environment=True)
        Gateway.objects.bulk_create([row], ignore_conflicts=True)


def set_pattern(gateway: Gateway, template: str, language: str, code: str, parameters: Mapping[str, str]) -> None:
    """Use a text that the gateway has approved for this template and language; an empty code ends that.

    `parameters` {the gateway's name: our value}. Problems: `no-patterns`, `unknown-value`, `unknown-template`.
    """
    if not gateway_kinds()[gateway.kind].has_patterns:
        raise Problem("no-patterns", _("This gateway knows no approved texts."), status=409)
    known = {*template_named(template).values, *ALWAYS}
    strange = sorted(set(parameters.values()) - known)
    if strange or len(parameters) > MOST_PARAMETERS:
        sentence = _("There is no value “%(name)s” in this message. There are: %(known)s.")
        shown = {"name": ", ".join(strange), "known": ", ".join(sorted(known))}
        raise Problem("unknown-value", sentence % shown, field="parameters", status=422)
    if not code:
        Pattern.objects.filter(gateway=gateway, template=template, language=language).delete()
        return
    Pattern.objects.update_or_create(
        gateway=gateway,
        template=template,
        language=language,
        defaults={"code": code, "parameters": dict(parameters)},
    )


def _fill(gateway: Gateway, given: Mapping[str, str], kept: Mapping[str, str]) -> None:
    """Settings in the open, secrets locked away; a secret that is not given stays what it was (`kept`)."""
    described = gateway_kinds()[gateway.kind].settings
    values = {
        each.name: given.get(each.name, "").strip() or (kept.get(each.name, "") if each.secret else "")
        for each in described
    }
    for each in described:
        if each.required and not values[each.name]:
            raise Problem("setting-missing", _("This must be filled in."), field=each.name, status=422)
        _check(each.name, values[each.name])
    gateway.settings = {each.name: values[each.name] for each in described if not each.secret}
    secrets = {each.name: values[each.name] for each in described if each.secret and values[each.name]}
    gateway.sealed = lock_away(PURPOSE, json.dumps(secrets)) if secrets else ""


def _check(name: str, value: str) -> None:
    """What every adapter may rely on."""
    if any(ord(character) < 32 for character in value):
        raise Problem("bad-setting", _("This holds characters that cannot be kept."), field=name, status=422)
    if name == "port" and not (value.isdecimal() and 0 < int(value) < 65_536):
        raise Problem("bad-setting", _("A port is a number from 1 to 65535."), field=name, status=422)
    if name in {"host", "address"} and "://" in value and not value.startswith(("https://", "http://")):
        raise Problem("bad-setting", _("An address begins with https://."), field=name, status=422)
    if name == "address" and value.rstrip("/") in {"https:", "http:"}:
        raise Problem("setting-missing", _("This must be filled in."), field=name, status=422)
