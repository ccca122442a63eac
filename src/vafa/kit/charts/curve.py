"""The picture behind "why this date?": the chance of each day, and the day that was promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.kit.charts.frame import Frame
from vafa.kit.charts.shapes import COLOURS, GRID, element, picture, text, tooltip
from vafa.kit.drawn import Drawings
from vafa.kit.formats import format_date, format_frequency

LAST_SHOWN = 0.985
MOST_DAYS = 45
_drawings = Drawings(most=256)  # many products of a shop have the same curve for some minutes


def curve_picture(by_day: Sequence[float], start: date, promised: date | None, *, title: str = "") -> SafeString:
    """Bars for the days after `start`; `by_day[k]` is the chance of arrival on or before start + k days (engine.Curve).

    Days before and on the promised one are turquoise, later ones pomegranate: what is red is the risk that is left.
    """
    chances = tuple(float(chance) for chance in by_day)
    if not chances or chances[-1] <= 0:
        return SafeString("")
    seen = (chances, start, promised, title)
    return _drawings.drawn("curve", seen, lambda: _drawn(chances, start, promised, title))


def _drawn(by_day: Sequence[float], start: date, promised: date | None, title: str) -> SafeString:
    target = (promised - start).days if promised else -1
    first, last = _window(by_day, target)
    chances = [by_day[k] - (by_day[k - 1] if k else 0.0) for k in range(first, last + 1)]
    frame = Frame(width=400, height=132, top=24, bottom=24, before=4, after=4)
    slot = 1 / len(chances)
    highest = max(max(chances), 1e-9)
    parts = [
        _bar(frame, (offset * slot, slot), chance / highest, first + offset, target, by_day, start)
        for offset, chance in enumerate(chances)
    ]
    parts.append(
        element("line", x1=0, x2=400, y1=frame.floor, y2=frame.floor, stroke=GRID, class_="grid-line", stroke_width=1)
    )
    parts += _labels(frame, first, last, target, start)
    return picture(parts, 400, 132, title or _("The chance of each day"), rtl=frame.rtl, class_="chart")


def _window(by_day: Sequence[float], target: int) -> tuple[int, int]:
    """The days worth showing: where nearly all arrive, and always the promised one."""
    first = next(k for k, chance in enumerate(by_day) if chance > 0.002 or k == len(by_day) - 1)
    last = next((k for k, chance in enumerate(by_day) if chance >= LAST_SHOWN * by_day[-1]), len(by_day) - 1)
    if target >= 0:
        first, last = min(first, target), max(last, min(target + 2, len(by_day) - 1))
    return first, min(last, first + MOST_DAYS)


def _bar(
    frame: Frame, place: tuple[float, float], height: float, k: int, target: int, by_day: Sequence[float], start: date
) -> str:
    begin, slot = place
    one, other = sorted((frame.x(begin + slot * 0.12), frame.x(begin + slot * 0.88)))
    y = frame.y(max(height, 0.012))
    tone = "main" if k == target else "soft" if target < 0 or k < target else "bad"
    day = format_date(start + timedelta(days=k), style="weekday")
    words = _("%(day)s: %(frequency)s have arrived by then") % {
        "day": day,
        "frequency": format_frequency(round(by_day[k] * 100), 100),
    }
    return element(
        "rect",
        tooltip(words),
        x=one,
        y=y,
        width=other - one,
        height=frame.floor - y,
        rx=min(2.5, (other - one) / 2),
        fill=COLOURS[tone],
        class_=f"fill-{tone}",
    )


def _labels(frame: Frame, first: int, last: int, target: int, start: date) -> list[str]:
    def day_at(k: int) -> str:
        return format_date(start + timedelta(days=k), style="day")

    def middle(k: int) -> float:
        return frame.x((k - first + 0.5) / (last - first + 1))

    ends = [
        text(day_at(first), frame.x(0), frame.floor + 17),
        text(day_at(last), frame.x(1), frame.floor + 17, anchor="end"),
    ]
    if not first <= target <= last:
        return ends
    share = (target - first + 0.5) / (last - first + 1)
    anchor = "start" if share < 0.2 else "end" if share > 0.8 else "middle"
    ends = ends if 0.3 < share < 0.7 else ends[1:] if share <= 0.3 else ends[:1]
    mark = element(
        "path",
        d=f"M{middle(target):.1f} {frame.top - 2:g}v-5",
        stroke=COLOURS["main"],
        stroke_width=2,
        class_="line-main",
    )
    return [*ends, mark, text(day_at(target), middle(target), 12, anchor=anchor, strong=True)]
