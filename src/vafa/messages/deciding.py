"""Whether a message may go, to whom, and by which ways. Reads only; the purpose decides which rules are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from vafa.customers import queries as customers
from vafa.customers.models import ContactPoint, Customer
from vafa.messages.models import Message, Reason, Rules, State
from vafa.messages.purposes import RULES, Purpose
from vafa.messages.queries import end_of_quiet, the_rules
from vafa.shop.models import Shop

STALE_AFTER = timedelta(days=3)
WEEK = timedelta(days=7)
REACHED = [State.SENT, State.SENDING, State.UNCERTAIN]


@dataclass(frozen=True)
class Way:
    """One way to the reader: a channel and an address; `contact` is None for tests."""

    channel: str
    address: str
    contact: ContactPoint | None = None


@dataclass(frozen=True)
class Decision:
    """What becomes of a message now: `state` WAITING until `until` (business time), HELD, SUPPRESSED, FAILED; or
    SENDING: it may go by one of the `ways`."""

    state: State
    reason: str = ""
    until: datetime | None = None
    ways: Sequence[Way] = ()


def decide(message: Message, person: Customer | None, shop: Shop, at: datetime) -> Decision:
    """What the rules say at business time `at`."""
    if message.purpose == Purpose.TEST:
        return Decision(State.SENDING, ways=[Way(message.channel, message.address)])
    if person is None:
        return Decision(State.SUPPRESSED, Reason.NO_CUSTOMER)
    ways = _ways_to(message, person)
    if not ways:
        was_tried = message.turn > 0
        return Decision(State.FAILED, Reason.REFUSED) if was_tried else Decision(State.SUPPRESSED, Reason.NO_CONTACT)
    rules = the_rules()
    if RULES[Purpose(message.purpose)].consent:
        refusal, ways = _as_offer(message, person, rules, shop, ways, at)
        if refusal is not None:
            return refusal
    if rules.holds:
        return Decision(State.HELD, Reason.SWITCH, ways=ways)
    if at - message.created_at > RULES[Purpose(message.purpose)].stale_after:
        return Decision(State.FAILED, Reason.STALE)
    return Decision(State.SENDING, ways=ways)


def _ways_to(message: Message, person: Customer) -> list[Way]:
    """By which ways the person is reached; what was asked for at one address goes to that one alone."""
    if RULES[Purpose(message.purpose)].secret:
        return [Way(message.channel, message.address)]
    points = customers.contact_points(person)
    return [Way(point.channel, point.address, point) for point in points if message.only_by in ("", point.channel)]


def _as_offer(
    message: Message, person: Customer, rules: Rules, shop: Shop, ways: list[Way], at: datetime
) -> tuple[Decision | None, list[Way]]:
    """What consent, cap and quiet hours say against it, and the ways that the person agreed to."""
    agreed = [way for way in ways if customers.agrees(person, message.purpose, way.channel)]
    if not agreed:
        return Decision(State.SUPPRESSED, Reason.NO_CONSENT), []
    if _reached_this_week(message, at) >= rules.weekly_cap:
        return Decision(State.SUPPRESSED, Reason.CAP), []
    until = end_of_quiet(rules, person.zone or shop.zone, at)
    if until is not None:
        return Decision(State.WAITING, Reason.QUIET, until=until), []
    return None, agreed


def _reached_this_week(message: Message, at: datetime) -> int:
    """How many messages of any purpose have reached the person in seven days, or are just being sent."""
    mine = Message.objects.filter(customer_ref=message.customer_ref, state__in=REACHED)
    recent = Q(settled_at__gt=at - WEEK) | Q(settled_at__isnull=True, created_at__gt=at - WEEK)
    return mine.filter(recent).exclude(pk=message.pk).exclude(purpose=Purpose.TEST).count()
