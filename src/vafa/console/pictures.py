"""Pictures of the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import nan

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.kit.charts import Axis, Columns, column_chart, in_two_widths, sparkline
from vafa.kit.formats import first_of_month, format_date, format_percent
from vafa.promises.queries import Headline

LEAST_SETTLED = 5  # a month with fewer outcomes is left as a gap
MONTHS_SHOWN = 24


def months_picture(days: Iterable[tuple[str, int, int]]) -> SafeString:
    """Share of promises broken, by the month of the order in the reader's calendar; empty without two months to show.

    `days` as the report keeps them: the day (ISO), how many of its promises are settled, how many of those broken.
    """
    months: dict[date, list[int]] = {}
    for day, settled, broken in days:
        sums = months.setdefault(first_of_month(date.fromisoformat(day)), [0, 0])
        sums[0] += settled
        sums[1] += broken
    shown = [(first, sums) for first, sums in sorted(months.items()) if sums[0] >= LEAST_SETTLED][-MONTHS_SHOWN:]
    if len(shown) < 2:
        return SafeString("")
    labels = [format_date(first, style="short_month") for first, _sums in shown]
    shares = Columns(_("broken"), [broken / settled for _first, (settled, broken) in shown], "bad")
    title = _("Share of promises broken, by the month of the order")
    axis = Axis("", format_percent, 0.0)
    return in_two_widths(lambda width: column_chart(labels, [shares], y=axis, title=title, width=width))


def weeks_picture(weeks: Sequence[Headline]) -> SafeString:
    """The kept rate week by week, the newest dotted; a week with too few outcomes is left out."""
    rates = [_rate(week) for week in weeks]
    return sparkline(rates, title=_("Kept by the first date, week by week"))


def _rate(week: Headline) -> float:
    rate = week.kept_rate
    return nan if rate is None or week.settled < LEAST_SETTLED else rate
