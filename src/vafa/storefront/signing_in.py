"""Signing in by a code. The page does the same for everybody: the worker finds out whose address it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vafa.customers import actions as customers
from vafa.customers.models import AskedCode
from vafa.jobs.actions import enqueue
from vafa.kit.clock import now
from vafa.kit.http import limit_rate
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.shop.queries import the_shop
from vafa.storefront.messages import CODE

MOST_ASKED, MOST_TRIED = 10, 30  # of one client
QUARTER = timedelta(minutes=15)
PRIORITY = 6


def ask_for_code(address: str, *, client: str, at: datetime) -> UUID:
    """Ask for a code at the address that somebody wrote; the name of what was asked, for the page that takes the code.

    `at` is real time, `client` who connects. Nothing tells known addresses from unknown ones. Problems: `bad-address`
    (422), `too-many-codes`, `too-many-requests` (429).
    """
    limit_rate("ask-code", client, most=MOST_ASKED, per=QUARTER)
    with transaction.atomic():
        asked = customers.ask_code(address, country=the_shop().holiday_country, at=at)
        enqueue(
            "storefront.code",
            arguments={"asked": str(asked.public_id)},
            unique_key=f"storefront.code:{asked.public_id}",
            priority=PRIORITY,
        )
    return asked.public_id


def send_asked_code(public_id: UUID | str, *, at: datetime) -> bool:
    """Make the code and send it, once; whether anybody has the address. `at` is real time."""
    with transaction.atomic():
        asked = AskedCode.objects.select_for_update().filter(public_id=public_id).first()
        made = customers.make_code(asked, at=at) if asked else None
        if asked is None or made is None:
            return False
        person, code = made
        send(
            key=f"code:{asked.public_id}",
            purpose=Purpose.SIGN_IN,
            template=CODE.name,
            customer_ref=person.ref,
            context={"code": code},
            at=now(),
            to=(asked.channel, asked.address),
        )
    return True


def sign_in(public_id: UUID, code: str, *, client: str, at: datetime) -> str:
    """The secret of a new session of whom the code was sent to (`customer.remember_session` gives it to the browser).

    Problems: `wrong-code` (422), `too-many-requests` (429).
    """
    limit_rate("try-code", client, most=MOST_TRIED, per=QUARTER)
    return customers.open_session(customers.spend_code(public_id, code, at=at), at=at)
