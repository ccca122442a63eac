"""The room under a label of its own, because Django's notices to page visitors are called messages too."""

from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "vafa.messages"
    label = "vafa_messages"
