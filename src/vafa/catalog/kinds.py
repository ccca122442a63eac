"""The kind of promise that this room gives."""

from __future__ import annotations

from datetime import timedelta

from vafa.promises.kinds import PromiseKind

BACK_IN_STOCK = PromiseKind(
    name="back_in_stock",
    labels={"fa": "موجود شدن دوباره", "ar": "توفّر السلعة من جديد", "en": "Back in stock"},
    grace=timedelta(hours=2),  # what arrived in the last minute of the day is told by a later run of the worker
    can_be_guaranteed=False,
)
