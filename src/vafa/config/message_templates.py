"""Every message that the rooms send; rows hold its stable name."""

from __future__ import annotations

from vafa.messages.kinds import TEST
from vafa.messages.registry import MessageTemplate
from vafa.orders.messages import CONFIRMED

MESSAGE_TEMPLATES: list[MessageTemplate] = [CONFIRMED, TEST]
