"""Reads of messages, texts, gateways and rules."""

from vafa.messages.queries.gateways import can_tell, channels_that_work, gateways, health, settings_of
from vafa.messages.queries.outbox import counts, message_by_public_id, messages_by_key, messages_in_view
from vafa.messages.queries.rendering import leave_address, letter_for, pattern_for
from vafa.messages.queries.rules import end_of_quiet, the_rules
from vafa.messages.queries.texts import own_texts, preview, shipped_source, source_of

__all__ = [
    "can_tell",
    "channels_that_work",
    "counts",
    "end_of_quiet",
    "gateways",
    "health",
    "leave_address",
    "letter_for",
    "message_by_public_id",
    "messages_by_key",
    "messages_in_view",
    "own_texts",
    "pattern_for",
    "preview",
    "settings_of",
    "shipped_source",
    "source_of",
    "the_rules",
]
