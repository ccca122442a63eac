"""Setting up ways to pay. What the owner types as a secret is locked away at once and never comes out on a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.jobs.actions import enqueue
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.kit.signing import lock_away
from vafa.payments.actions.calling import UNREADABLE, words_of
from vafa.payments.gateways import KINDS
from vafa.payments.gateways.kinds import GatewayKind, Refused, Silent, Wanted
from vafa.payments.models import GatewayAccount
from vafa.payments.queries.accounts import PURPOSE, accounts, settings_of
from vafa.shop.actions import stamp_shop
from vafa.shop.queries import shop_name

LONGEST = 1000
TRIAL_LIFETIME = timedelta(minutes=30)
TRIED_AMOUNT = 1000  # minor units, where neither the owner nor the gateway says what is least


@dataclass(frozen=True)
class Offer:
    """What customers see of it, and for what. `names`, `words`: {language: text}; without a name the kind's own."""

    currency: str
    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    least_minor: int | None = None
    most_minor: int | None = None
    enabled: bool = True


def add_account(kind: str, offer: Offer, given: Mapping[str, str] | None = None) -> GatewayAccount:
    """Set up a way to pay, shown after those there are; `given` holds the settings its kind names.

    Problems: `unknown-gateway` (404), `other-currency`, `bad-limits`, `setting-missing`, `bad-setting` (422).
    """
    if kind not in KINDS:
        raise Problem("unknown-gateway", _("There is no such gateway."), status=404)
    with transaction.atomic():
        last = GatewayAccount.objects.aggregate(last=Max("position"))["last"]
        account = GatewayAccount(kind=kind, code=_free_code(kind), position=0 if last is None else last + 1)
        _fill(account, offer, given or {}, {})
        account.save()
        stamp_shop()
    return account


def _free_code(kind: str) -> str:
    """The kind's name, or with a number where it is taken; codes stand in old payments, so they are not used again."""
    taken = set(GatewayAccount.objects.values_list("code", flat=True))
    return next(each for each in (kind, *(f"{kind}-{number}" for number in range(2, 1000))) if each not in taken)


def change_account(account: GatewayAccount, offer: Offer, given: Mapping[str, str]) -> None:
    """Change an account; secrets that are not given stay, what the last trial said is forgotten. Problems as above."""
    _fill(account, offer, given, settings_of(account) or {})
    account.works, account.tried_at, account.trial_asked_at, account.sentence = None, None, None, ""
    with transaction.atomic():
        account.save()
        stamp_shop()


def remove_account(account: GatewayAccount) -> None:
    """Forget the account and its secrets. Problem `has-payments` (409): then it can only be switched off."""
    try:
        with transaction.atomic():
            account.delete()
            stamp_shop()
    except (ProtectedError, IntegrityError):
        sentence = _("Customers have paid by it, so it stays in the books. Switch it off instead.")
        raise Problem("has-payments", sentence, status=409) from None


@transaction.atomic
def move_up(account: GatewayAccount) -> None:
    """Show it before the one that was before it."""
    order = [each.pk for each in accounts()]
    place = order.index(account.pk)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    for position, pk in enumerate(order):
        GatewayAccount.objects.filter(pk=pk).update(position=position)
    stamp_shop()


def ask_for_trial(account: GatewayAccount) -> None:
    """Let a job begin a payment that nobody pays, to see whether the gateway takes it."""
    account.trial_asked_at, account.works, account.sentence = real_now(), None, ""
    with transaction.atomic():
        account.save(update_fields=["trial_asked_at", "works", "sentence"])
        enqueue("payments.try_out", arguments={"account": account.pk}, most_attempts=1)


def try_out(pk: int, at: datetime | None = None) -> bool | None:
    """Begin a payment of the least amount and let it lapse; whether the gateway took it, None where nothing was to try.

    Not in a transaction.
    """
    account = next((each for each in accounts() if each.pk == pk), None)
    kind = KINDS[account.kind] if account else None
    if account is None or kind is None or kind.open is None:
        return None
    works, sentence = _trial(account, kind)
    found = {"works": works, "sentence": sentence[:300], "tried_at": at or real_now()}
    GatewayAccount.objects.filter(pk=pk).update(**found)
    return works


def _trial(account: GatewayAccount, kind: GatewayKind) -> tuple[bool, str]:
    known = settings_of(account)
    if known is None or kind.open is None:
        return False, UNREADABLE
    wanted = Wanted(
        token=uuid4().hex,
        amount_minor=account.least_minor or kind.least_minor or TRIED_AMOUNT,
        currency=account.currency,
        words=shop_name() or "Vafa",
        back=f"{django_settings.PUBLIC_URL}{reverse('payments:back', args=[account.code])}",
        until=real_now() + TRIAL_LIFETIME,
    )
    try:
        kind.open(known, wanted)
    except (Silent, Refused) as fault:
        return False, words_of(fault, kind, known)
    return True, ""


def _fill(account: GatewayAccount, offer: Offer, given: Mapping[str, str], kept: Mapping[str, str]) -> None:
    """Settings in the open, secrets locked away; a secret that is not given stays what it was (`kept`)."""
    kind = KINDS[account.kind]
    if not kind.takes(offer.currency):
        sentence = _("This gateway does not take the currency %(currency)s.") % {"currency": offer.currency}
        raise Problem("other-currency", sentence, status=422)
    least, most = offer.least_minor, offer.most_minor
    if (least is not None and least <= 0) or (most is not None and most < (least or 1)):
        raise Problem("bad-limits", _("The most must not be below the least."), field="most", status=422)
    values = {
        each.name: given.get(each.name, "").strip() or (kept.get(each.name, "") if each.secret else each.initial)
        for each in kind.settings
    }
    for each in kind.settings:
        if each.required and not values[each.name]:
            raise Problem("setting-missing", _("This must be filled in."), field=each.name, status=422)
        _check(each.name, values[each.name])
    account.names = {language: text for language, text in offer.names.items() if text} or dict(kind.labels)
    account.words = {language: text for language, text in offer.words.items() if text}
    account.currency, account.enabled = offer.currency, offer.enabled
    account.least_minor, account.most_minor = least, most
    account.settings = {each.name: values[each.name] for each in kind.settings if not each.secret}
    secrets = {each.name: values[each.name] for each in kind.settings if each.secret and values[each.name]}
    account.sealed = lock_away(PURPOSE, json.dumps(secrets)) if secrets else ""


def _check(name: str, value: str) -> None:
    """What every adapter may rely on: one line, and an address to which keys can be sent."""
    if len(value) > LONGEST or any(ord(character) < 32 for character in value):
        raise Problem("bad-setting", _("This holds characters that cannot be kept."), field=name, status=422)
    if name == "host" and not _is_safe_address(value):
        raise Problem("bad-setting", _("An address begins with https://."), field=name, status=422)


def _is_safe_address(value: str) -> bool:
    """HTTPS, or plain HTTP to this very machine: keys are sent there."""
    try:
        parts = urlsplit(value)
        name = parts.hostname or ""
    except ValueError:
        return False
    return bool(name) and (parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(name)))


def _is_this_machine(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
