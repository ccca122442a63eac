"""The kind of promise that this room gives."""

from __future__ import annotations

from vafa.promises.kinds import PromiseKind
from vafa.promises.messages import LATE

DELIVERY = PromiseKind(
    name="delivery",
    labels={"fa": "تحویل", "ar": "التوصيل", "en": "Delivery"},
    one_at_a_time=True,
    apology=LATE.name,
)
