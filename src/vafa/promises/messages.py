"""What customers are told when a guarantee was not met."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

REMEDY = MessageTemplate(
    name="promises.remedy",
    purpose=Purpose.PROMISE,
    labels={"fa": "جبران قول نقض‌شده", "ar": "ترضية عن وعد لم يوفَ به", "en": "A promise is made good"},
    when={
        "fa": "وقتی به تضمینی عمل نشد و جبران آن سررسید یا تأیید شد.",
        "ar": "حين لا يُوفى بضمان وتُستحقّ ترضيته أو تُقرّ.",
        "en": "When a guarantee was not met and its remedy came due or was approved.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "promised_on": Value(Kind.DAY, "the last day on which the guarantee was met", "2026-05-24"),
        "code": Value(Kind.TEXT, "code of the voucher, also of free delivery", "7KMQ-2XHP-D94C", optional=True),
        "worth": Value(Kind.MONEY, "what the voucher is worth; nothing for free delivery", [500_000, "IRR"], True),
        "until": Value(Kind.DAY, "the last day of the voucher", "2026-08-22", optional=True),
        "back": Value(Kind.MONEY, "what is paid back", [300_000, "IRR"], optional=True),
        "call": Value(Kind.NUMBER, "1: somebody will call", 1, optional=True),
        "guarantee": Value(Kind.LINK, "the page of the guarantee", "/guarantee/on-the-day/1/"),
    },
)
