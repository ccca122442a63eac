"""Delivery times as customers read them: "3-5 days", "۲ تا ۴ روز کاری", "24 hours"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from vafa.engine.calendars import WorkingCalendar
from vafa.engine.folding import fold

MOST_DAYS = 365
_UNITS = {
    1 / 24: "h hr hrs hour hours hora horas heure heures stunde stunden ساعت ساعه ساعات",
    1.0: "d day days dia dias jour jours tag tage tagen روز روزه روزکاری یوم ایام یوما یومین dias",
    7.0: "w wk week weeks semana semanas semaine semaines woche wochen هفته اسبوع اسابیع اسبوعین",
}
UNITS = {fold(word): days for days, words in _UNITS.items() for word in words.split()}
WORKING = re.compile(r"business|working|work days|uteis|ouvre|werktag|arbeitstag|habil|کاری|عمل")
BETWEEN = r"(?:\s*(?:-|–|—|~|/|to|and|a|e|bis|تا|الی|و)\s*)"
RANGE = re.compile(
    rf"(?P<low>\d{{1,3}})(?:{BETWEEN}(?P<high>\d{{1,3}}))?\+?\s*"
    rf"(?:(?:business|working|calendar|full)\s+)?(?P<unit>[^\W\d_]+)"
)
BARE = re.compile(rf"\d{{1,3}}(?:{BETWEEN}\d{{1,3}})?")
WORDS = {
    0: ("same day", "today", "امروز", "همان روز", "الیوم", "نفس الیوم", "mesmo dia"),
    1: ("next day", "tomorrow", "overnight", "فردا", "روز بعد", "غدا", "الیوم التالی", "amanha"),
}


@dataclass(frozen=True, slots=True)
class LeadTime:
    """The upper end of what was said, in days; `working` when only the shop's working days count."""

    days: int
    working: bool

    def due_on(self, placed_on: date, calendar: WorkingCalendar) -> date:
        """The last day of the delivery time for an order of that day."""
        if not self.working:
            return placed_on + timedelta(days=self.days)
        due, left = placed_on, self.days
        while left > 0:
            due += timedelta(days=1)
            left -= calendar.is_working_day(due)
        return due


@lru_cache(maxsize=10_000)
def lead_time(text: str) -> LeadTime | None:
    """The delivery time in a text, also within a longer one ("Express [1-2 days]"); None when it names none."""
    folded = fold(text).replace("–", "-").replace("—", "-")
    working = bool(WORKING.search(folded))
    for found in RANGE.finditer(folded):
        if (unit := UNITS.get(found["unit"])) is not None:
            days = math.ceil(int(found["high"] or found["low"]) * unit)
            return LeadTime(days, working) if days <= MOST_DAYS else None
    for days, words in WORDS.items():
        if any(re.search(rf"(?<!\w){fold(word)}(?!\w)", folded) for word in words):
            return LeadTime(days, working=False)
    if BARE.fullmatch(folded.strip()):
        days = int(re.findall(r"\d+", folded)[-1])
        return LeadTime(days, working=False) if days <= MOST_DAYS else None
    return None
