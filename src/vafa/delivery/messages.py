"""What customers are told while their parcel is on its way."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

NEW_DATE = MessageTemplate(
    name="delivery.new_date",
    purpose=Purpose.PROMISE,
    labels={"fa": "روز تازهٔ تحویل", "ar": "موعد تسليم جديد", "en": "A new delivery date"},
    when={
        "fa": "پیش از آن‌که روز قول بگذرد، وقتی دیگر نگه‌داشتنی نیست.",
        "ar": "قبل أن يحلّ اليوم الموعود، عندما لا يعود الوفاء به ممكنًا.",
        "en": "Before the promised day passes, when it can no longer be kept.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "due_on": Value(Kind.DAY, "the day that was promised", "2026-05-24"),
        "new_on": Value(Kind.DAY, "the day that can be kept", "2026-05-27"),
        "reason": Value(
            Kind.TEXT,
            "why, one sentence, {language: text}",
            {
                "fa": "برف راه را بسته است.",
                "ar": "أغلقت الثلوج الطريق.",
                "en": "Snow has closed the road.",
            },
            optional=True,
        ),
        "choices": Value(Kind.LINK, "the page on which he chooses", "/choose/example/", optional=True),
    },
)
