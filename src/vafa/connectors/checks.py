"""Whether the facts of one order can all be true."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from vafa.connectors.facts import OrderFacts, Reject, Rejected
from vafa.kit import clock

FIRST = datetime(1980, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(days=1)


class Checker:
    """Checks the orders of one file in one go; what is lost goes to `reject`."""

    def __init__(self, file: str, zone: ZoneInfo, reject: Reject) -> None:
        self.file, self.zone, self.reject = file, zone, reject
        now = clock.now()
        # a date without a time is noon, and clocks differ: what has happened may lie a little ahead, but not the day
        # of an order
        self.latest, self.today = now + CLOCKS_DIFFER, self._day(now)

    def usable(self, facts: OrderFacts) -> bool:
        """Takes from the order what cannot be true; False when nothing can be made of it."""
        if self._day(facts.placed_at) > self.today:
            return self._lost(facts, "ordered-in-future", "placed_at", whole_row=True)
        if facts.placed_at < FIRST:
            return self._lost(facts, "date-out-of-range", "placed_at", whole_row=True)
        self._drop_impossible_dates(facts)
        if facts.delivered_at is not None and facts.delivered_at < facts.placed_at:
            return self._lost(facts, "delivered-before-placed", "delivered_at", whole_row=True)
        self._drop_contradictions(facts)
        return True

    def _drop_impossible_dates(self, facts: OrderFacts) -> None:
        for field in ("handed_over_at", "delivered_at", "cancelled_at"):
            moment = getattr(facts, field)
            if moment is not None and not FIRST <= moment <= self.latest:
                self._lost(facts, "date-out-of-range", field)
                setattr(facts, field, None)

    def _drop_contradictions(self, facts: OrderFacts) -> None:
        handed = facts.handed_over_at
        if handed is not None and handed < facts.placed_at:
            self._lost(facts, "handed-over-before-placed", "handed_over_at")
            facts.handed_over_at = None
        elif handed is not None and facts.delivered_at is not None and handed > facts.delivered_at:
            self._lost(facts, "handed-over-after-delivery", "handed_over_at")
            facts.handed_over_at = None
        if facts.promised_on is not None and facts.promised_on < self._day(facts.placed_at):
            self._lost(facts, "promised-before-placed", "promised_on")
            facts.promised_on = None
        if facts.cancelled and facts.delivered_at is not None:
            self._lost(facts, "cancelled-and-delivered", "delivered_at")

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _lost(self, facts: OrderFacts, code: str, field: str, *, whole_row: bool = False) -> bool:
        value = getattr(facts, field)
        value = value.astimezone(self.zone).strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else str(value)
        self.reject(Rejected(self.file, facts.line, code, facts.number, field, value, whole_row))
        return False
