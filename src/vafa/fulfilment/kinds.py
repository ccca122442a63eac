"""The kind of promise that the price of an order is."""

from __future__ import annotations

from datetime import timedelta

from vafa.promises.kinds import PromiseKind
from vafa.promises.models import Unit

ORDER_PRICE = PromiseKind(
    name="order_price",
    labels={"fa": "قیمت سفارش", "ar": "سعر الطلب", "en": "Price of an order"},
    unit=Unit.MOMENT,
    grace=timedelta(0),
    can_be_guaranteed=False,
)
