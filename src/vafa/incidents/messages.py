"""What the people concerned are told."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

NOTICE = MessageTemplate(
    name="incidents.notice",
    purpose=Purpose.PROMISE,
    labels={"fa": "خبر رخداد امنیتی", "ar": "إشعار حادث أمني", "en": "Notice of a security incident"},
    when={
        "fa": "وقتی مالک فروشگاه خبر رخداد را برای کسانی که به آن‌ها مربوط است می‌فرستد.",
        "ar": "عندما يرسل مالك المتجر إشعار الحادث إلى من يعنيهم.",
        "en": "When an owner sends the notice of an incident to those it concerns.",
    },
    values={
        "what": Value(
            Kind.TEXT,
            "what happened",
            {
                "fa": "کسی بی‌اجازه به فهرست سفارش‌ها دسترسی یافت.",
                "ar": "اطّلع شخص على قائمة الطلبات بلا إذن.",
                "en": "Somebody read the list of orders without permission.",
            },
        ),
        "data": Value(
            Kind.TEXT,
            "which kinds of data",
            {"fa": "نام و نشانی، سفارش‌ها", "ar": "الاسم والعنوان، الطلبات", "en": "name and address, orders"},
        ),
        "since": Value(Kind.DAY, "since which day", "2026-05-19"),
        "found": Value(Kind.MOMENT, "when it was found", "2026-05-20T09:30:00+00:00"),
        "consequences": Value(
            Kind.TEXT,
            "what may come of it",
            {
                "fa": "ممکن است پیامک‌های فریبنده بگیرید.",
                "ar": "قد تصلك رسائل احتيال.",
                "en": "You may get deceptive messages.",
            },
            optional=True,
        ),
        "measures": Value(
            Kind.TEXT,
            "what the shop has done",
            {
                "fa": "دسترسی را بستیم و گذرواژه‌ها را عوض کردیم.",
                "ar": "أغلقنا المنفذ وغيّرنا كلمات السرّ.",
                "en": "We closed the access and changed the passwords.",
            },
            optional=True,
        ),
        "advice": Value(
            Kind.TEXT,
            "what the reader can do",
            {
                "fa": "به پیام‌هایی که از شما کد می‌خواهند پاسخ ندهید.",
                "ar": "لا تجب عن رسائل تطلب منك رمزًا.",
                "en": "Do not answer messages that ask you for a code.",
            },
            optional=True,
        ),
        "remedy": Value(
            Kind.TEXT,
            "what the shop offers",
            {
                "fa": "ارسال سفارش بعدی‌تان رایگان است.",
                "ar": "شحن طلبك القادم مجّاني.",
                "en": "Your next delivery is free.",
            },
            optional=True,
        ),
        "code": Value(Kind.TEXT, "code of the reader's voucher", "7KMQ-2XHP-D94C", optional=True),
        "worth": Value(Kind.MONEY, "what the voucher is worth", [500_000, "IRR"], optional=True),
        "until": Value(Kind.DAY, "the last day of the voucher", "2026-08-22", optional=True),
    },
)
