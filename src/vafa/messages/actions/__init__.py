"""Writes. Rooms use `send`; the rest is for the worker and for people who look after the outbox."""

from vafa.messages.actions.delivering import deliver
from vafa.messages.actions.gateways import add_gateway, adopt_environment
from vafa.messages.actions.sending import send, send_test
from vafa.messages.actions.switching import hold_everything, let_go

__all__ = ["add_gateway", "adopt_environment", "deliver", "hold_everything", "let_go", "send", "send_test"]
