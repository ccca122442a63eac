"""The messages this room itself sends."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import MessageTemplate

TEST = MessageTemplate(
    name="messages.test",
    purpose=Purpose.TEST,
    labels={"fa": "پیام آزمایشی", "ar": "رسالة تجريبية", "en": "Test message"},
    when={
        "fa": "وقتی درگاهی را می‌آزمایید.",
        "ar": "عندما تجرّب بوّابة إرسال.",
        "en": "When you try a gateway.",
    },
    values={},
)
