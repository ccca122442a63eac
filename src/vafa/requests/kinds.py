"""What is promised to who asks."""

from __future__ import annotations

from datetime import timedelta

from vafa.promises.kinds import PromiseKind
from vafa.promises.models import Unit

ANSWER = PromiseKind(
    name="answer",
    labels={"fa": "پاسخ", "ar": "الردّ", "en": "An answer"},
    unit=Unit.MOMENT,
    exceeds=timedelta(hours=2),
    grace=timedelta(minutes=15),
    can_be_guaranteed=False,
)
ERASURE = PromiseKind(
    name="erasure",
    labels={"fa": "پاک‌کردن داده‌ها", "ar": "محو البيانات", "en": "Erasure of data"},
    unit=Unit.MOMENT,
    grace=timedelta(hours=2),
    can_be_guaranteed=False,
)
