"""Asking for a message: one row, in the caller's transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from vafa.customers.addresses import tidy_address
from vafa.customers.queries import contact_points
from vafa.customers.queries import customer as customer_by
from vafa.jobs.actions import enqueue
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.messages.models import Message
from vafa.messages.purposes import Purpose
from vafa.messages.queries import channels_that_work
from vafa.messages.registry import MessageTemplate
from vafa.messages.registry import template as template_named
from vafa.messages.showing import check_value, sample_values
from vafa.shop.queries import the_shop

PRIORITY = 5


class Asked(TypedDict, total=False):
    """What `send` is told besides the key, the customer and the channel."""

    purpose: Required[str]
    template: Required[str]
    context: Required[Mapping[str, Any]]
    at: Required[datetime]
    about: str


def send(
    *,
    key: str,
    purpose: str,
    template: str,
    customer_ref: str,
    context: Mapping[str, Any],
    at: datetime,
    about: str = "",
    to: tuple[str, str] = ("", ""),
) -> Message:
    """Ask for a message to a customer, in the caller's transaction: it is sent if and only if that commits.

    `key` says what, whom and which version; asking again with the same key gives the first message, whatever became of
    it. `context` holds plain JSON values as the template declares them. `about` is what it is about ("order:1234").
    `to` (channel, address) is for what must reach one address and no other: a secret that proves whose it is.
    With a channel and no address it may go by that channel alone; else by the first that works in the customer's order.
    Whether and how it is sent the worker decides then, by the rules of its purpose. ValueError for a context that does
    not fit the template or a purpose that is not its own (mistakes in the program); Problem `unknown-template`.
    """
    described = template_named(template)
    if described.purpose != purpose:
        raise ValueError(f"{template} is {described.purpose.value!r}, not {purpose!r}")
    _check(described, context)
    message = Message(
        key=key,
        purpose=described.purpose,
        template=described.name,
        customer_ref=customer_ref,
        context=dict(context),
        about=about,
        created_at=at,
        next_try_at=real_now(),
        channel=to[0] if to[1] else "",
        address=to[1],
        only_by="" if to[1] else to[0],
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    kept = Message.objects.get(key=key)
    if kept.public_id == message.public_id:
        ask_for_delivery(kept)
    return kept


def send_by_each(channels: Sequence[str], *, key: str, customer_ref: str, **asked: Unpack[Asked]) -> list[str]:
    """Ask for the same message by each of these channels by which the customer can be reached, one each; by whichever
    works where he can be reached by one of them at most, or the shop has set up no more. The keys: the first is `key`.
    """
    person = customer_by(customer_ref)
    reached = set() if person is None else {point.channel for point in contact_points(person)}
    each = [channel for channel in channels if channel in reached & channels_that_work()]
    if len(each) < 2:
        return [send(key=key, customer_ref=customer_ref, **asked).key]
    keys = [key, *(f"{key}:{channel}" for channel in each[1:])]
    for name, channel in zip(keys, each, strict=True):
        send(key=name, customer_ref=customer_ref, to=(channel, ""), **asked)
    return keys


def send_test(template: str, *, language: str, channel: str, address: str, at: datetime) -> Message:
    """Send the template with its sample values to an address that a person typed: also while the switch is on.

    Problem `bad-address`.
    """
    described = template_named(template)
    tidy = tidy_address(channel, address, the_shop().holiday_country)
    if not tidy:
        raise Problem("bad-address", _("Messages cannot be sent to this address."), field="address", status=422)
    message = Message.objects.create(
        key=f"test:{uuid.uuid4()}",
        purpose=Purpose.TEST,
        template=described.name,
        context=sample_values(described),
        channel=channel,
        language=language,
        address=tidy,
        created_at=at,
        next_try_at=real_now(),
    )
    ask_for_delivery(message)
    return message


def ask_for_delivery(message: Message) -> None:
    """A job for the next try of a waiting message; asking twice for the same try is one job."""
    run_at = message.next_try_at or real_now()
    enqueue(
        "messages.deliver",
        arguments={"message": str(message.public_id)},
        unique_key=f"messages.deliver:{message.public_id}:{int(run_at.timestamp())}",
        run_at=run_at,
        priority=PRIORITY,
    )


def _check(described: MessageTemplate, context: Mapping[str, Any]) -> None:
    strange = context.keys() - described.values.keys()
    missing = {name for name, value in described.values.items() if not value.optional} - context.keys()
    if strange or missing:
        raise ValueError(f"{described.name}: unknown {sorted(strange)}, missing {sorted(missing)}")
    for name, value in described.values.items():
        check_value(name, value, context.get(name))
