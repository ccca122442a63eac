"""What customers are told about their deliveries."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import HOURS_SHOWN, Kind, MessageTemplate, Value

IN_DANGER = MessageTemplate(
    name="delivery.in_danger",
    purpose=Purpose.PROMISE,
    labels={"fa": "احتمال دیر رسیدن", "ar": "قد تتأخر الطلبية", "en": "It may be late"},
    when={
        "fa": "پیش از روز قول‌داده‌شده، وقتی رسیدن تا آن روز دیگر محتمل نیست.",
        "ar": "قبل اليوم الموعود، حين لا يعود الوصول فيه مرجَّحًا.",
        "en": "Before the promised day, when it is no longer likely to be kept.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "due_on": Value(Kind.DAY, "the promised day", "2026-05-24"),
        "hours": Value(Kind.TEXT, "the hours of the promised window", HOURS_SHOWN, optional=True),
        "new_on": Value(Kind.DAY, "the day that can be promised now", "2026-05-27", optional=True),
        "chance": Value(Kind.CHANCE, "how often a date like the new one is kept", [90, 100], optional=True),
        "in_time": Value(
            Kind.CHANCE, "how often it would still come in time, where that is half or more", None, optional=True
        ),
        "reason": Value(
            Kind.TEXT,
            "why, in a sentence",
            {
                "fa": "بسته بیش از معمول نزد شرکت حمل مانده است.",
                "ar": "بقي الطرد عند الناقل أطول من المعتاد.",
                "en": "The carrier is taking longer than usual with it.",
            },
        ),
        "words": Value(Kind.TEXT, "what the shop adds", {"fa": "", "ar": "", "en": ""}, optional=True),
        "link": Value(Kind.LINK, "the page where the customer chooses", "/choose/example/"),
    },
)
CHANGED = MessageTemplate(
    name="delivery.changed",
    purpose=Purpose.ORDER,
    labels={
        "fa": "تحویل به خواست مشتری تغییر کرد",
        "ar": "تغيّر التوصيل بطلب العميل",
        "en": "Delivery changed as asked",
    },
    when={
        "fa": "وقتی روز، بازه، محل یا نشانی تحویل به خواست مشتری عوض شود، به دست خودش یا به دست شما.",
        "ar": "عندما يتغيّر يوم التوصيل أو فترته أو مكانه أو عنوانه بطلب العميل، بيده أو بيدكم.",
        "en": "When the day, the window, the point or the address is changed as the customer wants, by him or you.",
    },
    values={
        "order": Value(Kind.TEXT, "number of the order", "10482"),
        "said": Value(
            Kind.TEXT,
            "what is promised now, in a sentence",
            {
                "fa": "دوشنبه ۴ خرداد بین ۱۰:۰۰ تا ۱۲:۰۰ تحویل می‌شود.",
                "ar": "يُسلَّم يوم الاثنين ٢٥ مايو بين ١٠:٠٠ و١٢:٠٠.",
                "en": "Delivered on Monday 25 May between 10:00 and 12:00.",
            },
            optional=True,
        ),
        "elsewhere": Value(Kind.NUMBER, "1 where it goes to another address", 1, optional=True),
        "back": Value(Kind.MONEY, "what the delivery costs less there and goes back", [120_000, "IRR"], optional=True),
        "less": Value(Kind.MONEY, "what is to be paid less, where nothing was paid yet", None, optional=True),
        "link": Value(Kind.LINK, "the page of the order", "/order/…"),
    },
)
