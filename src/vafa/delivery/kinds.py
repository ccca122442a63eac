"""The kind of promise that this room gives."""

from __future__ import annotations

from vafa.promises.kinds import PromiseKind

DELIVERY = PromiseKind(
    name="delivery",
    labels={"fa": "تحویل", "ar": "التوصيل", "en": "Delivery"},
    one_at_a_time=True,
    apology="promises.late",
    missing="promises.missing",
)
