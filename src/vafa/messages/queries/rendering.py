"""A message as one customer reads it."""

from __future__ import annotations

from datetime import timedelta

from vafa.customers.models import Customer
from vafa.kit.formats import prefer
from vafa.kit.signing import seal_word
from vafa.messages.letters import Letter, letter
from vafa.messages.models import Gateway, Message, Pattern
from vafa.messages.purposes import RULES, Purpose
from vafa.messages.queries.texts import source_of
from vafa.messages.registry import template as template_named
from vafa.messages.showing import Reader, absolute, shown_values
from vafa.messages.wording import Shown, write
from vafa.shop.models import Shop
from vafa.shop.queries import preferences_of

LEAVE = "messages.leave"  # purpose of the signed word
WORD_LASTS = timedelta(days=3650)


def letter_for(message: Message, person: Customer | None, shop: Shop, channel: str) -> Letter:
    """The letter that goes out by a channel, in the language of the message, else the person's, else the shop's.

    Problems: `unknown-template`, `bad-text`.
    """
    language, values = _values(message, person, shop)
    written = write(source_of(template_named(message.template), language), values, language)
    return letter(written, channel=channel, language=language, shop=shop.name, leave=leave_address(message))


def pattern_for(message: Message, person: Customer | None, shop: Shop, gateway: Gateway) -> tuple[str, dict[str, str]]:
    """Code and parameters of the text that the gateway has approved for this message; ("", {}) where there is none."""
    language, values = _values(message, person, shop)
    found = Pattern.objects.filter(gateway=gateway, template=message.template, language=language).first()
    if found is None:
        return "", {}
    return found.code, {theirs: str(values.get(ours, "")) for theirs, ours in found.parameters.items()}


def leave_address(message: Message) -> str:
    """Where the customer ends messages of this purpose; "" for those that always go."""
    if not RULES[Purpose(message.purpose)].consent:
        return ""
    word = seal_word(LEAVE, {"customer": message.customer_ref, "purpose": message.purpose}, WORD_LASTS)
    return absolute(f"/unsubscribe/{word}/")


def _values(message: Message, person: Customer | None, shop: Shop) -> tuple[str, dict[str, Shown]]:
    language = message.language or (person.language if person else "") or shop.default_language
    name = person.name if person else ""
    prefer(preferences_of(shop))
    reader = Reader(language, (person.zone if person else "") or shop.zone, name, shop.name)
    return language, shown_values(template_named(message.template), message.context, reader)
