"""Reads of messages, texts, gateways and rules."""

from vafa.messages.queries.gateways import gateways, settings_of, usable_gateways
from vafa.messages.queries.outbox import counts, message_by_public_id, messages_in_view
from vafa.messages.queries.rules import the_rules
from vafa.messages.queries.texts import preview, shipped_source, source_of

__all__ = [
    "counts",
    "gateways",
    "message_by_public_id",
    "messages_in_view",
    "preview",
    "settings_of",
    "shipped_source",
    "source_of",
    "the_rules",
    "usable_gateways",
]
