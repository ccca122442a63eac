"""The share of good visits week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.kit.charts import Axis, Series, in_two_widths, line_chart
from vafa.kit.formats import format_date, format_frequency, format_percent
from vafa.visits.queries import LEAST_OF_A_PART, Sums


def weeks_picture(weeks: Sequence[tuple[date, Sums]]) -> SafeString:
    """A line through the weeks with enough visits; empty with fewer than two of them."""
    shares = [(index, week, sums, sums.share(LEAST_OF_A_PART)) for index, (week, sums) in enumerate(weeks)]
    known = [(float(index), share) for index, _week, _sums, share in shares if share is not None]
    if len(known) < 2:
        return SafeString("")
    told = [
        f"{format_date(week, style='day')} · {format_percent(share)} ({format_frequency(sums.good, sums.visits)})"
        for _index, week, sums, share in shares
        if share is not None
    ]
    names = [format_date(week, style="day") for week, _sums in weeks]
    across = Axis("", lambda at: _name_at(names, at), -0.3, len(weeks) - 0.7, min(6, len(weeks)))
    low = min(share for _index, share in known)
    up = Axis("", lambda share: format_percent(share), max(0.0, low - 0.1), 1.0, 4)
    series = [Series(_("good visits"), known, "dotted line", "main", told)]
    title = _("Good visits week by week")
    return in_two_widths(lambda width: line_chart(series, x=across, y=up, title=title, width=width, height=220))


def _name_at(names: Sequence[str], at: float) -> str:
    index = round(at)
    return names[index] if 0 <= index < len(names) and abs(at - index) < 0.01 else ""
