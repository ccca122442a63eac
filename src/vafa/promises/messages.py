"""What customers are told about what they were promised."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import HOURS_SHOWN, Kind, MessageTemplate, Value

ORDER = Value(Kind.TEXT, "number of the order", "10482")
DUE_ON = Value(Kind.DAY, "the promised day", "2026-05-24")
HOURS = Value(Kind.TEXT, "the hours of the promised window", HOURS_SHOWN, optional=True)
RECEIPT = Value(Kind.LINK, "the page of the signed receipt", "/receipt/00000000-0000-0000-0000-000000000000/")

MADE = MessageTemplate(
    name="promises.made",
    purpose=Purpose.PROMISE,
    labels={"fa": "قولی داده شد", "ar": "قُطع وعد", "en": "Promise made"},
    when={
        "fa": "وقتی به مشتری روزی را قول می‌دهید.",
        "ar": "عندما تعد العميل بيوم.",
        "en": "When you promise a customer a day.",
    },
    values={
        "order": ORDER,
        "due_on": DUE_ON,
        "receipt": RECEIPT,
        "chance": Value(Kind.CHANCE, "how often such promises came true: [kept, of]", [97, 100], optional=True),
    },
)

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

LATE = MessageTemplate(
    name="promises.late",
    purpose=Purpose.PROMISE,
    labels={"fa": "پوزش برای دیرکرد", "ar": "اعتذار عن التأخير", "en": "Apology for coming late"},
    when={
        "fa": "وقتی سفارش دیرتر از قول رسیده است.",
        "ar": "عندما يصل الطلب بعد الموعد الموعود.",
        "en": "When an order came later than promised.",
    },
    values={
        "order": ORDER,
        "due_on": DUE_ON,
        "hours": HOURS,
        "days": Value(Kind.DAYS, "how many days late; nothing where it was some hours", 2, optional=True),
        "receipt": RECEIPT,
    },
)

MISSING = MessageTemplate(
    name="promises.missing",
    purpose=Purpose.PROMISE,
    labels={"fa": "پوزش برای آنچه نرسیده", "ar": "اعتذار عمّا لم يصل", "en": "Apology for what has not come"},
    when={
        "fa": "وقتی مهلت گذشته و از رسیدن سفارش خبری نیست.",
        "ar": "عندما تنقضي المهلة ولا خبر عن وصول الطلب.",
        "en": "When the grace is over and nothing is known of the order's arrival.",
    },
    values={"order": ORDER, "due_on": DUE_ON, "hours": HOURS, "receipt": RECEIPT},
)
