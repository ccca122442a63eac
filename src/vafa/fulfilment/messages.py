"""What customers are told while their order is worked on."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

HOURS = {"fa": "۱۰:۰۰ تا ۱۲:۰۰", "ar": "١٠:٠٠ إلى ١٢:٠٠", "en": "10:00 – 12:00"}
SENT = MessageTemplate(
    name="fulfilment.sent",
    purpose=Purpose.ORDER,
    labels={"fa": "بسته در راه است", "ar": "الطرد في الطريق", "en": "A parcel has left"},
    when={
        "fa": "همین که بسته به شرکت حمل سپرده شود.",
        "ar": "فور تسليم الطرد إلى شركة الشحن.",
        "en": "As soon as a parcel is handed to the carrier.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "carrier": Value(Kind.TEXT, "who carries it", {"fa": "پست", "ar": "البريد", "en": "Post"}, optional=True),
        "number": Value(Kind.TEXT, "the tracking number", "RX123456789IR", optional=True),
        "items": Value(Kind.NUMBER, "how many things are in the parcel", 2),
        "due_on": Value(Kind.DAY, "the promised day of delivery", "2026-05-24", optional=True),
        "hours": Value(Kind.TEXT, "the hours of the window that was chosen", HOURS, optional=True),
        "rest": Value(Kind.NUMBER, "how many things follow in another parcel", 1, optional=True),
        "rest_on": Value(Kind.DAY, "the day promised for the rest", "2026-05-27", optional=True),
    },
)

CANCELLED = MessageTemplate(
    name="fulfilment.cancelled",
    purpose=Purpose.ORDER,
    labels={"fa": "لغو سفارش یا بخشی از آن", "ar": "إلغاء الطلب أو جزء منه", "en": "Order or part of it cancelled"},
    when={
        "fa": "وقتی کل سفارش یا چند کالای آن لغو شود یا پولش برگردد.",
        "ar": "حين يُلغى الطلب أو بعضه، أو يُعاد ثمنه.",
        "en": "When an order or some of its pieces are cancelled or given back.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "items": Value(Kind.NUMBER, "how many things are given back", 1),
        "whole": Value(Kind.NUMBER, "1 when nothing of the order is left", None, optional=True),
        "back": Value(Kind.MONEY, "the money that goes back", [4_850_000, "IRR"], optional=True),
    },
)

PRICE_KEPT = MessageTemplate(
    name="fulfilment.price_kept",
    purpose=Purpose.ORDER,
    labels={"fa": "قیمت نادرست، پایبندیم", "ar": "سعر خطأ ونلتزم به", "en": "Wrong price, honoured"},
    when={
        "fa": "وقتی سفارشی با قیمت نادرست گرفته شده و فروشگاه به آن پایبند می‌ماند.",
        "ar": "حين يُؤخذ طلب بسعر خطأ ويلتزم المتجر به.",
        "en": "When an order was taken at a wrong price and the shop stands by it.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "price": Value(Kind.MONEY, "what a piece costs in it", [4_850_000, "IRR"]),
    },
)

PRICE_BROKEN = MessageTemplate(
    name="fulfilment.price_broken",
    purpose=Purpose.ORDER,
    labels={
        "fa": "قیمت نادرست، لغو با جبران",
        "ar": "سعر خطأ، إلغاء مع ترضية",
        "en": "Wrong price, cancelled with a remedy",
    },
    when={
        "fa": "وقتی سفارشی که با قیمت نادرست گرفته شده لغو می‌شود.",
        "ar": "حين يُلغى طلب أُخذ بسعر خطأ.",
        "en": "When an order that was taken at a wrong price is cancelled.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "items": Value(Kind.NUMBER, "how many things do not come", 1),
        "code": Value(Kind.TEXT, "code of the voucher", "7KMQ-2XHP-D94C", optional=True),
        "worth": Value(Kind.MONEY, "what the voucher is worth", [500_000, "IRR"], optional=True),
        "until": Value(Kind.DAY, "the last day of the voucher", "2026-08-22", optional=True),
    },
)
