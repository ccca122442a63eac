"""What a level came to period by period, against what was agreed; and the uptime day by day."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.agreements.models import Agreement, Level, Measurement, ProbeHour
from vafa.agreements.sentences import measured_share, share
from vafa.kit.charts import Axis, Columns, Series, column_chart, in_two_widths, line_chart
from vafa.kit.formats import format_date
from vafa.kit.formats.dates import local_day


def period_name(measured: Measurement, agreement: Agreement) -> str:
    """The month, or the first and the last month of a quarter, in the agreement's own calendar."""
    first, last = (
        format_date(day, calendar=agreement.days_of, style="short_month") for day in (measured.first, measured.last)
    )
    whole = format_date(measured.last, calendar=agreement.days_of, style="month")
    return whole if first == last else f"{first} – {whole}"


def level_picture(level: Level, measured: Sequence[Measurement]) -> SafeString:
    """The measured shares as a line with dots, the target dashed; empty with fewer than two measured periods."""
    known = [(index, each.share) for index, each in enumerate(measured) if each.share is not None]
    if len(known) < 2:
        return SafeString("")
    calendar = level.agreement.days_of
    names = [format_date(each.first, calendar=calendar, style="short_month") for each in measured]
    points = [(float(index), value) for index, value in known]
    told = [f"{period_name(measured[index], level.agreement)} · {measured_share(value)}" for index, value in known]
    target = [(0.0, level.target), (float(len(measured) - 1), level.target)]
    series = [
        Series(_("agreed"), target, "dashed", "quiet"),
        Series(_("measured"), points, "dotted line", "main", told),
    ]
    low = min([level.target, *(value for _index, value in known)])
    floor = max(0.0, low - (1.02 - low) / 3)
    across = Axis(
        "", lambda at: _name_at(names, at), -0.3, len(measured) - 0.7, min(6, len(measured))
    )  # room for names
    up = Axis("", share_rounded, floor, 1.0, 4)
    return in_two_widths(
        lambda width: line_chart(series, x=across, y=up, title=_("Period by period"), width=width, height=220)
    )


def share_rounded(value: float) -> str:
    """A share for an axis."""
    return share(round(value, 4))


def _name_at(names: Sequence[str], at: float) -> str:
    index = round(at)
    return names[index] if 0 <= index < len(names) and abs(at - index) < 0.01 else ""


def days_picture(hours: Sequence[ProbeHour]) -> SafeString:
    """The share of good minutes of each day; empty with fewer than two days."""
    days: dict[object, list[int]] = {}
    for each in hours:
        held = days.setdefault(local_day(each.hour), [0, 0])
        held[0] += each.checks
        held[1] += each.up
    if len(days) < 2:
        return SafeString("")
    labels = [format_date(day, style="day") for day in days]  # type: ignore[arg-type]
    values = [up / checks if checks else None for checks, up in days.values()]
    low = min([value for value in values if value is not None], default=1.0)
    axis = Axis("", share_rounded, max(0.0, min(0.98, low - 0.01)), 1.0, 4)
    title = _("Uptime, day by day")
    return in_two_widths(
        lambda width: column_chart(labels, [Columns(_("up"), values)], y=axis, title=title, width=width, height=220)
    )
