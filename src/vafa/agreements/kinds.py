"""The kinds of promises that agreements give."""

from __future__ import annotations

from datetime import timedelta

from vafa.promises.kinds import PromiseKind
from vafa.promises.models import Direction, Unit

BOTH_WAYS = frozenset({Direction.TO_CUSTOMER.value, Direction.FROM_SUPPLIER.value})
GRACE = timedelta(days=45)  # a measurement tells how it ended; the sweep is only for what nobody could measure

UPTIME = PromiseKind(
    name="uptime",
    labels={"fa": "در دسترس بودن", "ar": "التوفّر", "en": "Uptime"},
    directions=BOTH_WAYS,
    unit=Unit.MOMENT,
    grace=GRACE,
    can_be_guaranteed=False,
)
AGREED_LEVEL = PromiseKind(
    name="agreed_level",
    labels={"fa": "سطح توافق‌شده", "ar": "مستوى متّفق عليه", "en": "Agreed level"},
    directions=BOTH_WAYS,
    unit=Unit.MOMENT,
    grace=GRACE,
    can_be_guaranteed=False,
)
