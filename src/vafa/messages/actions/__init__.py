"""Writes. Rooms use `send`; the rest is for the worker and for people who look after the outbox."""

from vafa.messages.actions.delivering import deliver
from vafa.messages.actions.gateways import (
    add_gateway,
    adopt_environment,
    change_gateway,
    move_up,
    remove_gateway,
    set_pattern,
)
from vafa.messages.actions.keeping import end_offers, forget_customer, forget_old_texts, set_rules, write_text
from vafa.messages.actions.resolving import drop, release, say_it_arrived, send_again, sweep
from vafa.messages.actions.sending import send, send_by_each, send_test
from vafa.messages.actions.switching import hold_everything, let_go

__all__ = [
    "add_gateway",
    "adopt_environment",
    "change_gateway",
    "deliver",
    "drop",
    "end_offers",
    "forget_customer",
    "forget_old_texts",
    "hold_everything",
    "let_go",
    "move_up",
    "release",
    "remove_gateway",
    "say_it_arrived",
    "send",
    "send_again",
    "send_by_each",
    "send_test",
    "set_pattern",
    "set_rules",
    "sweep",
    "write_text",
]
