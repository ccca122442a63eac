"""What those are told who wait for an article."""

from __future__ import annotations

from vafa.messages.purposes import Purpose
from vafa.messages.registry import Kind, MessageTemplate, Value

TITLE = Value(Kind.TEXT, "what the article is called", "Divan of Hafez")
PAGE = Value(Kind.LINK, "the page of the product", "/shop/p/…")
STOP = Value(Kind.LINK, "where one asks not to be told", "/shop/back/…")
BACK = MessageTemplate(
    name="catalog.back",
    purpose=Purpose.PROMISE,
    labels={"fa": "دوباره موجود شد", "ar": "توفّر من جديد", "en": "Back in stock"},
    when={
        "fa": "وقتی کالایی که مشتری منتظرش بود دوباره موجود شود.",
        "ar": "عندما يتوفّر من جديد صنف ينتظره العميل.",
        "en": "When an article somebody waited for is there again.",
    },
    values={"title": TITLE, "page": PAGE},
)
BACK_LATER = MessageTemplate(
    name="catalog.back_moved",
    purpose=Purpose.PROMISE,
    labels={"fa": "روز موجود شدن عوض شد", "ar": "تغيّر موعد التوفّر", "en": "Another day for what you wait for"},
    when={
        "fa": "وقتی روزی که کالا دوباره موجود می‌شود معلوم شود یا عوض شود.",
        "ar": "عندما يُعرف أو يتغيّر يوم توفّر الصنف من جديد.",
        "en": "When the day on which an article is back becomes known, or another.",
    },
    values={
        "title": TITLE,
        "page": PAGE,
        "due_on": Value(Kind.DAY, "the promised day", "2026-05-24"),
        "was_on": Value(Kind.DAY, "the day promised before", "2026-05-20", optional=True),
        "stop": STOP,
    },
)
