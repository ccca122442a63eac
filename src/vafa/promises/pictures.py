"""The kept rate month by month, against the original and the current date."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.kit.charts import Axis, Columns, column_chart, in_two_widths
from vafa.kit.formats import first_of_month, format_date, format_percent
from vafa.promises.queries import Group, by_period

LEAST_SETTLED = 5  # a month with fewer outcomes is left as a gap
MONTHS_SHOWN = 24


def months_picture(first: date | None, last: date, *, region: str = "") -> SafeString:
    """Kept rates by the month in which the promise fell due, in the reader's calendar; empty with fewer than two."""
    start = first or last - timedelta(days=MONTHS_SHOWN * 31)
    original = by_period(start, last, against="original", start_of=first_of_month, region=region)[-MONTHS_SHOWN:]
    shown = [group for group in original if group.headline.settled >= LEAST_SETTLED]
    if len(shown) < 2:
        return SafeString("")
    current = {group.name: group for group in by_period(start, last, start_of=first_of_month, region=region)}
    series = [Columns(_("first date kept"), [_rate(group) for group in shown])]
    after = [_rate(current.get(group.name)) for group in shown]
    if after != series[0].values:
        series.append(Columns(_("last date kept"), after, "quiet"))
    labels = [format_date(group.name, style="short_month") for group in shown]
    axis, title = Axis("", format_percent, 0.0, 1.0), _("Kept, month by month")
    return in_two_widths(lambda width: column_chart(labels, series, y=axis, title=title, width=width))


def _rate(group: Group | None) -> float | None:
    return group.headline.kept_rate if group else None
