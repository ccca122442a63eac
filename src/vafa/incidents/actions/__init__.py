"""Writes of incidents. Each function is one use case."""

from vafa.incidents.actions.recording import change_texts, list_notices, note_reading, record_incident, save_rule
from vafa.incidents.actions.telling import (
    categories_in,
    close_incident,
    follow_messages,
    not_needed,
    record_told,
    tell_people,
    told_another_way,
    write_messages,
)

__all__ = [
    "categories_in",
    "change_texts",
    "close_incident",
    "follow_messages",
    "list_notices",
    "not_needed",
    "note_reading",
    "record_incident",
    "record_told",
    "save_rule",
    "tell_people",
    "told_another_way",
    "write_messages",
]
