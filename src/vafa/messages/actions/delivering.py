"""Delivering one message: decide, take it in hand, give it to a gateway, write down what came of it.

Before a gateway is called the message is marked as being sent and the attempt is a row, both committed. Whoever dies
in between leaves that mark, and nobody sends such a message again without knowing that it cannot become two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vafa.customers import actions as customer_actions
from vafa.customers.models import Customer
from vafa.kit.clock import now, real_now
from vafa.kit.problems import Problem
from vafa.messages.actions.gateways import adopt_environment
from vafa.messages.actions.health import note_outcome
from vafa.messages.actions.sending import ask_for_delivery
from vafa.messages.adapters import Outcome, Outgoing, hand_over
from vafa.messages.catalogue import gateway_kinds
from vafa.messages.deciding import Decision, Way, decide
from vafa.messages.letters import Letter
from vafa.messages.models import Attempt, Gateway, Message, Reason, Result, State
from vafa.messages.purposes import RULES, Purpose
from vafa.messages.queries import gateways, leave_address, letter_for, pattern_for, settings_of
from vafa.shop.models import Shop
from vafa.shop.queries import the_shop

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)


@dataclass(frozen=True)
class Taken:
    """A message in hand: what goes to which gateway."""

    message: Message
    attempt: Attempt
    gateway: Gateway
    way: Way
    outgoing: Outgoing


def deliver(public_id: UUID | str, *, at: datetime | None = None) -> str:
    """Try to deliver a waiting message by the first way that works; the state it is in afterwards ("" for none).

    Does nothing for a message that is not waiting, or is to be tried later. Safe to be called at any time by anybody.
    """
    adopt_environment()
    tried: set[tuple[int, str]] = set()
    while True:
        taken = _take(public_id, tried, at or now())
        if taken is None:
            return Message.objects.filter(public_id=public_id).values_list("state", flat=True).first() or ""
        tried.add((taken.gateway.pk, taken.way.channel))
        settings = settings_of(taken.gateway)
        if settings is None:
            outcome = Outcome(Result.CREDENTIAL, "The stored credential cannot be read with this secret key.")
        else:
            outcome = hand_over(gateway_kinds()[taken.gateway.kind], settings, taken.outgoing)
        if _record(taken, outcome):
            return outcome.result


@transaction.atomic
def _take(public_id: UUID | str, tried: set[tuple[int, str]], at: datetime) -> Taken | None:
    """Take the message in hand for one attempt, or settle or postpone it; None where there is nothing to hand over."""
    real_at = real_now()
    message = Message.objects.select_for_update().filter(public_id=public_id).first()
    if message is None or message.state != State.WAITING or (message.next_try_at and message.next_try_at > real_at):
        return None
    person = Customer.objects.select_for_update().filter(ref=message.customer_ref).first()
    shop = the_shop()
    decision = decide(message, person, shop, at)
    if decision.state == State.WAITING and decision.until is not None:
        _postpone(message, decision.reason, real_at + (decision.until - at))
        return None
    if decision.state not in {State.SENDING, State.HELD}:
        _settle(message, decision.state, decision.reason, at)
        return None
    try:
        if decision.state == State.HELD:
            _write_into(message, letter_for(message, person, shop, decision.ways[0].channel), decision.ways[0])
            _settle(message, State.HELD, decision.reason, at)
            return None
        return _choose(message, person, shop, decision, tried, real_at)
    except Problem:
        _settle(message, State.FAILED, Reason.TEXT, at)
        return None


def _choose(
    message: Message, person: Customer | None, shop: Shop, decision: Decision, tried: set[tuple[int, str]], at: datetime
) -> Taken | None:
    """The first way and gateway not yet tried that may be; else the message waits or has failed."""
    routes = _routes(message, decision)
    if not routes:
        _settle(message, State.FAILED, Reason.NO_GATEWAY, now())
        return None
    refused = set(message.attempts.filter(result=Result.REFUSED).values_list("gateway_id", "channel"))
    open_routes = [each for each in routes if (each[1].pk, each[0].channel) not in refused]
    if not open_routes:
        _settle(message, State.FAILED, Reason.REFUSED, now())
        return None
    for way, gateway in open_routes:
        if (gateway.pk, way.channel) not in tried and gateway.is_usable(at):
            return _begin(message, person, shop, way, gateway, at)
    message.channel = open_routes[0][0].channel  # in whose queue it waits
    _postpone(message, Reason.BUSY, at + _delay(message.turn))
    return None


def _routes(message: Message, decision: Decision) -> list[tuple[Way, Gateway]]:
    """Ways and gateways in their order. A message in doubt goes back to the gateway that can tell a double."""
    doubtful = message.attempts.filter(result__in=[Result.STARTED, Result.UNCERTAIN]).order_by("-turn").first()
    known = gateways()
    if doubtful is not None and doubtful.gateway_id is not None:
        known = [each for each in known if each.pk == doubtful.gateway_id]
    return [
        (way, each)
        for way in decision.ways
        for each in known
        if each.enabled and gateway_kinds()[each.kind].channel == way.channel
    ]


def _begin(message: Message, person: Customer | None, shop: Shop, way: Way, gateway: Gateway, at: datetime) -> Taken:
    written = letter_for(message, person, shop, way.channel)
    _write_into(message, written, way)
    message.state, message.reason, message.turn = State.SENDING, "", message.turn + 1
    message.next_try_at, message.tried_at = None, at
    message.save()
    attempt = Attempt.objects.create(
        message=message,
        gateway=gateway,
        gateway_label=gateway.label,
        channel=way.channel,
        turn=message.turn,
        started_at=at,
    )
    code, parameters = pattern_for(message, person, shop, gateway)
    leave = leave_address(message)
    outgoing = Outgoing(written, way.address, message.public_id.hex, shop.name, leave, code, parameters)
    return Taken(message, attempt, gateway, way, outgoing)


def _write_into(message: Message, written: Letter, way: Way) -> None:
    message.channel, message.language, message.address = way.channel, written.language, way.address
    if _is_secret(message):
        return
    message.subject, message.text, message.html = written.subject, written.text, written.html


def _is_secret(message: Message) -> bool:
    """Whether nobody but its reader may see it: in a simulated shop nobody else would."""
    return RULES[Purpose(message.purpose)].secret and not the_shop().simulated


def _settle(message: Message, state: State, reason: str, at: datetime) -> None:
    message.state, message.reason, message.settled_at, message.next_try_at = state, reason, at, None
    if _is_secret(message):
        message.context = {}
    message.save()


def _postpone(message: Message, reason: str, until: datetime) -> None:
    message.state, message.reason, message.next_try_at = State.WAITING, reason, until
    message.save()
    ask_for_delivery(message)


def _delay(turn: int) -> timedelta:
    delay: timedelta = min(FIRST_DELAY * 2 ** min(turn, 8), LONGEST_DELAY)
    return delay


@transaction.atomic
def _record(taken: Taken, outcome: Outcome) -> bool:
    """Write down what came of an attempt; whether that was the end of it for now."""
    at, real_at = now(), real_now()
    ended = {"result": outcome.result, "sentence": outcome.sentence, "outside_id": outcome.outside_id}
    Attempt.objects.filter(pk=taken.attempt.pk).update(**ended, ended_at=real_at)
    note_outcome(taken.gateway, outcome, at=real_at)
    if outcome.nobody_there and taken.way.contact is not None:
        customer_actions.mark_unreachable(taken.way.contact, at=at)
    in_hand = Message.objects.filter(
        pk=taken.message.pk, turn=taken.attempt.turn, state__in=[State.SENDING, State.UNCERTAIN]
    )
    if outcome.result == Result.SENT:
        kept: dict[str, object] = {"context": {}} if _is_secret(taken.message) else {}
        in_hand.update(state=State.SENT, reason="", settled_at=at, **kept)
    elif outcome.result == Result.UNCERTAIN and not gateway_kinds()[taken.gateway.kind].idempotent:
        in_hand.update(state=State.UNCERTAIN, reason=Reason.NO_ANSWER)
    elif outcome.result == Result.UNCERTAIN:
        in_hand.update(state=State.WAITING, reason=Reason.BUSY, next_try_at=real_at + _delay(taken.attempt.turn))
        ask_for_delivery(Message.objects.get(pk=taken.message.pk))
    else:
        in_hand.update(state=State.WAITING, reason=Reason.BUSY, next_try_at=real_at)
        return False  # the next way is tried at once
    return True
