"""What customers are told about what they asked."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

ANSWERED = MessageTemplate(
    name="requests.answered",
    purpose=Purpose.ORDER,
    labels={"fa": "پاسخ به مشتری", "ar": "ردّ على العميل", "en": "An answer"},
    when={
        "fa": "وقتی به گزارش مشتری دربارهٔ سفارشش پاسخ داده شود.",
        "ar": "حين يُردّ على بلاغ العميل عن طلبه.",
        "en": "When what a customer told us about his order is answered.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "answer": Value(Kind.TEXT, "what we answer", "A new one left today."),
        "page": Value(Kind.LINK, "the customer's page of the order", "/order/word/"),
    },
)
