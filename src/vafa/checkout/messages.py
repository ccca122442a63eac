"""What customers are told about checks of their orders."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

ORDER = Value(Kind.TEXT, "number of the order", "482107659")
CHECK_CODE = MessageTemplate(
    name="checkout.check_code",
    purpose=Purpose.ORDER,
    labels={"fa": "کد تأیید سفارش", "ar": "رمز تأكيد الطلب", "en": "Code to confirm an order"},
    when={
        "fa": "وقتی سفارشی پیش از ارسال بررسی می‌شود.",
        "ar": "عندما يُراجَع طلب قبل إرساله.",
        "en": "When an order is checked before it leaves.",
    },
    values={
        "order": ORDER,
        "code": Value(Kind.TEXT, "the code the customer types on his order's page", "204816"),
        "until": Value(Kind.MOMENT, "when the check is over at the latest", "2026-05-24T14:00:00+00:00"),
    },
)
TOO_LATE = MessageTemplate(
    name="checkout.too_late",
    purpose=Purpose.ORDER,
    labels={"fa": "پرداخت دیر رسید", "ar": "وصل الدفع متأخرًا", "en": "Paid too late"},
    when={
        "fa": "وقتی پرداخت پس از پایان مهلت برسد و کالا دیگر نباشد.",
        "ar": "عندما يصل الدفع بعد انتهاء المهلة ولم تعد البضاعة متوفرة.",
        "en": "When a payment arrives after its time and the goods are gone.",
    },
    values={"order": ORDER, "amount": Value(Kind.MONEY, "what comes back", [4_850_000, "IRR"])},
)
REFUSED = MessageTemplate(
    name="checkout.refused",
    purpose=Purpose.ORDER,
    labels={"fa": "سفارش پس از بررسی لغو شد", "ar": "أُلغي الطلب بعد المراجعة", "en": "Order cancelled after a check"},
    when={
        "fa": "وقتی سفارشی پس از بررسی لغو شود.",
        "ar": "عندما يُلغى طلب بعد مراجعته.",
        "en": "When an order is cancelled after it was checked.",
    },
    values={"order": ORDER},
)
