"""The kinds of promises that this room gives."""

from __future__ import annotations

from datetime import timedelta

from vafa.promises.kinds import PromiseKind
from vafa.promises.models import Unit

PRICE = PromiseKind(
    name="price",
    labels={"fa": "قیمت", "ar": "السعر", "en": "Price"},
    unit=Unit.MOMENT,
    grace=timedelta(days=2),  # an order that was paid in time may be found a little later
    can_be_guaranteed=False,
)
CHECK = PromiseKind(
    name="check",
    labels={"fa": "بررسی سفارش", "ar": "مراجعة الطلب", "en": "Check of an order"},
    unit=Unit.MOMENT,
    grace=timedelta(minutes=15),
    can_be_guaranteed=False,
)
CONFIRMATION = PromiseKind(
    name="confirmation",
    labels={"fa": "خبرِ ثبت سفارش", "ar": "تأكيد الطلب", "en": "Confirmation"},
    unit=Unit.MOMENT,
    grace=timedelta(minutes=30),  # what was sent in time is told by a later run of the worker
    can_be_guaranteed=False,
)
