"""What customers are told about their orders."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import HOURS_SHOWN, Kind, MessageTemplate, Value

WRITTEN = {"fa": "برای سارا", "ar": "إلى سارة", "en": "For Sara"}
CONFIRMED = MessageTemplate(
    name="orders.confirmed",
    purpose=Purpose.ORDER,
    labels={"fa": "سفارش ثبت شد", "ar": "تأكيد الطلب", "en": "Order confirmed"},
    when={
        "fa": "همین که سفارش ثبت شود.",
        "ar": "فور تسجيل الطلب.",
        "en": "As soon as an order is in.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "total": Value(Kind.MONEY, "what the order costs", [4_850_000, "IRR"], optional=True),
        "items": Value(Kind.NUMBER, "how many things are in it", 2, optional=True),
        "link": Value(Kind.LINK, "the page of the order", "/order/…", optional=True),
        "receipt": Value(Kind.LINK, "the receipt of the promised date", "/r/…", optional=True),
        "checked": Value(Kind.NUMBER, "1 where it is checked before it leaves", 0, optional=True),
        "due_on": Value(Kind.DAY, "the promised day of delivery", "2026-05-24", optional=True),
        "written": Value(Kind.TEXT, "what the customer wrote for what is made for him", WRITTEN, optional=True),
        "hours": Value(Kind.TEXT, "the hours of the window that was chosen", HOURS_SHOWN, optional=True),
    },
)
