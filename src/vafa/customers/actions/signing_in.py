"""A customer shows that an address is his by a code that was sent there, and stays signed in for a while. Real time."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vafa.customers.addresses import tidy_address
from vafa.customers.models import AskedCode, Channel, ContactPoint, Customer, CustomerSession
from vafa.customers.queries import customer_at, session_digest
from vafa.kit.problems import Problem
from vafa.kit.signing import stand_in

LIVES = timedelta(minutes=10)
MOST_TRIES = 5
MOST_AN_HOUR, MOST_A_DAY = 5, 10
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SESSION_LASTS = timedelta(days=90)


def ask_code(written: str, *, country: str, at: datetime) -> AskedCode:
    """Somebody wants a code for the e-mail address or phone number he wrote; nothing is made or sent yet.

    The same happens for addresses that nobody knows. Problems: `bad-address` (422), `too-many-codes` (429).
    """
    channel = Channel.EMAIL if "@" in written else Channel.SMS
    address = tidy_address(channel, written, country)
    if not address:
        sentence = _("This is neither an e-mail address nor a phone number.")
        raise Problem("bad-address", sentence, status=422, field="address")
    with transaction.atomic():
        before = AskedCode.objects.filter(address=address)
        few = before.filter(asked_at__gt=at - HOUR).count() < MOST_AN_HOUR
        if not few or before.filter(asked_at__gt=at - DAY).count() >= MOST_A_DAY:
            sentence = _("Too many codes were asked for this address. Please try again later.")
            raise Problem("too-many-codes", sentence, status=429, field="address")
        return AskedCode.objects.create(channel=channel, address=address, asked_at=at, expires_at=at + LIVES)


def make_code(asked: AskedCode, *, at: datetime) -> tuple[Customer, str] | None:
    """The customer whose address it is and a fresh code for him, of which only a digest is kept. None where nobody has
    the address, the time is over, or a code was made before.
    """
    person = customer_at(asked.channel, asked.address)
    if person is None:
        return None
    code = f"{secrets.randbelow(1_000_000):06}"
    waiting = AskedCode.objects.filter(pk=asked.pk, digest="", used_at__isnull=True, expires_at__gt=at)
    return (person, code) if waiting.update(digest=_digest(asked.public_id, code)) else None


def spend_code(public_id: UUID, code: str, *, at: datetime) -> Customer:
    """Whose code it is. It is spent then, and the address counts as his from now on.

    Every call is one try, of which there are five. Problem `wrong-code` (422) for everything that is not the right code
    in time, and never a word about which of it.
    """
    tried = AskedCode.objects.filter(public_id=public_id, used_at__isnull=True, expires_at__gt=at)
    if not tried.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise _wrong()
    with transaction.atomic():
        right = tried.filter(digest=_digest(public_id, code))
        if not right.update(used_at=at):
            raise _wrong()
        asked = AskedCode.objects.get(public_id=public_id)
        person = customer_at(asked.channel, asked.address)
        if person is None:  # erased within these minutes
            raise _wrong()
        ContactPoint.objects.filter(customer=person, channel=asked.channel, address=asked.address).update(
            verified_at=at, failed_at=None
        )
    return person


def open_session(person: Customer, *, at: datetime) -> str:
    """Keep him signed in for ninety days: the secret that his browser shows from now on. Only its digest is kept."""
    secret = secrets.token_urlsafe(32)
    CustomerSession.objects.create(
        customer=person, digest=session_digest(secret), opened_at=at, ends_at=at + SESSION_LASTS
    )
    return secret


def end_session(secret: str) -> None:
    """Sign out here."""
    CustomerSession.objects.filter(digest=session_digest(secret)).delete()


def end_sessions_of(person: Customer) -> int:
    """Sign out everywhere; how many sessions that ended."""
    ended, _by_model = CustomerSession.objects.filter(customer=person).delete()
    return ended


def forget_old(*, at: datetime) -> int:
    """Forget codes asked for over a day ago, and sessions that have ended; how many rows."""
    codes, _by_model = AskedCode.objects.filter(asked_at__lt=at - DAY).delete()
    sessions, _by_model = CustomerSession.objects.filter(ends_at__lte=at).delete()
    return codes + sessions


def _digest(public_id: UUID, code: str) -> str:
    return stand_in("customers.code", f"{public_id}:{code}")


def _wrong() -> Problem:
    return Problem("wrong-code", _("This code is wrong or too old. Ask for a new one."), status=422, field="code")
