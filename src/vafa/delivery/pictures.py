"""The pictures of the delivery pages, drawn by the kit's charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.delivery.queries.caution import Effect, effect_of
from vafa.kit.charts import Axis, Columns, Series, bar_chart, calibration_plot, column_chart, in_two_widths, line_chart
from vafa.kit.formats import first_of_month, format_date, format_number, format_percent
from vafa.kit.formats.preferences import the_language
from vafa.shop.queries import place_name

MOST_PLACES = 15
LEAST_ORDERS = 5  # a month with fewer is left as a gap: the first and the last one may be a few days long


def _percent(share: float) -> str:
    return format_percent(share)


def frontier_picture(points: Sequence[Effect], caution: float) -> SafeString:
    """Kept against mean days for every caution, the chosen one marked."""
    chosen = effect_of(list(points), caution)
    if chosen is None:
        return SafeString("")
    return line_chart(
        [
            Series(_("Every caution"), [(point.mean_days, point.kept) for point in points]),
            Series(_("Now"), [(chosen.mean_days, chosen.kept)], shape="dots", tone="other"),
        ],
        x=Axis(_("promised days"), steps=4),
        y=Axis(_("kept"), write=_percent, high=1.0, steps=4),
        title=_("How often promises are kept, and how many days they promise"),
        width=420,
        height=240,
    )


def comparison_picture(report: dict[str, Any]) -> SafeString:
    """The promise frontier: kept rate against mean promised days, ours, the place table's, and the shop's own point."""
    details, theirs = report.get("details", {}), report["incumbent"]
    ours = details.get("cost_frontier") or details.get("frontier", [])
    series = [
        Series(_("Vafa"), _points(ours)),
        Series(
            _("Percentile table per place"), _points(details.get("table_frontier", [])), shape="dashed", tone="third"
        ),
    ]
    if theirs and is_known(theirs["mean_days"]):
        series.append(
            Series(_("The shop's own dates"), [(theirs["mean_days"], theirs["kept"])], shape="dots", tone="other")
        )
    across, up = Axis(_("promised days, on average")), Axis(_("kept"), write=_percent, high=1.0)
    title = _("The promise frontier: how often promises are kept, and how many days they promise")
    return in_two_widths(lambda width: line_chart(series, x=across, y=up, title=title, width=width))


def _points(points: Sequence[dict[str, float]]) -> list[tuple[float, float]]:
    return sorted((point["mean_days"], point["kept"]) for point in points)


def calibration_picture(report: dict[str, Any]) -> SafeString:
    """What was aimed at against what was kept."""
    points = report.get("details", {}).get("frontier", [])[::3]
    groups = [(point["caution"], point["kept"], report["orders"]) for point in points]
    return calibration_plot(groups, title=_("Aimed at, and kept"))


def late_picture(report: dict[str, Any]) -> SafeString:
    """Late share month by month, the shop's dates and ours."""
    months = _months(report)
    columns = [Columns(_("Vafa"), [month.late for month in months])]
    if any(month.theirs_late is not None for month in months):
        columns.insert(0, Columns(_("The shop's own dates"), [month.theirs_late for month in months], "other"))
    names, up, title = (
        [month.name for month in months],
        Axis(_("late"), write=_percent),
        _("Late promises, month by month"),
    )
    return in_two_widths(lambda width: column_chart(names, columns, y=up, title=title, width=width))


def months_picture(report: dict[str, Any]) -> SafeString:
    """Mean promised days month by month."""
    months = _months(report)
    names, up, title = (
        [month.name for month in months],
        Axis(_("promised days, on average")),
        _("Promised days, month by month"),
    )
    columns = [Columns(_("Vafa"), [month.mean_days for month in months])]
    return in_two_widths(lambda width: column_chart(names, columns, y=up, title=title, width=width, height=220))


@dataclass(frozen=True)
class _Month:
    """Shares and mean days of the orders of one month; None where too few orders say anything."""

    name: str
    late: float | None
    theirs_late: float | None
    mean_days: float | None


def _months(report: dict[str, Any]) -> list[_Month]:
    """The months of the reader's calendar, from the days that the report keeps.

    A report made before it kept days has Gregorian months only, and no other calendar's names would be true of them.
    """
    days = report.get("details", {}).get("days")
    if days is None:
        return [_gregorian(month) for month in report["months"]]
    found: dict[date, Counter[str]] = {}
    for row in days:
        month = found.setdefault(first_of_month(date.fromisoformat(row["day"])), Counter())
        month.update({name: count for name, count in row.items() if name != "day"})
    return [_summed(first, month) for first, month in sorted(found.items())]


def _summed(first: date, month: Counter[str]) -> _Month:
    orders, theirs = month["orders"], month["theirs"]
    says = orders >= LEAST_ORDERS
    return _Month(
        format_date(first, style="short_month"),
        month["late"] / orders if says else None,
        month["theirs_late"] / theirs if theirs >= LEAST_ORDERS else None,
        month["promised"] / orders if says else None,
    )


def _gregorian(month: dict[str, Any]) -> _Month:
    first = date.fromisoformat(f"{month['month']}-01")
    figures = [month.get(name) for name in ("late", "incumbent_late", "mean_days")]
    name = format_date(first, calendar="gregorian", style="short_month")
    return _Month(name, *(figure if is_known(figure) else None for figure in figures))


def places_picture(report: dict[str, Any]) -> SafeString:
    """Kept share of the places with most orders."""
    places = sorted(report["places"], key=lambda place: -place["orders"])[:MOST_PLACES]
    return bar_chart(
        [(place_name(place["place"], the_language(None)) or "?", place["kept"]) for place in places],
        axis=Axis(_("kept"), write=_percent, high=1.0),
        title=_("Kept promises by place"),
    )


def amounts_picture(report: dict[str, Any]) -> SafeString:
    """Kept share at 0.90 by how many orders the seller or the city had before."""
    amounts = report.get("details", {}).get("amounts", [])
    return bar_chart(
        [(_range(amount["least"], amount["most"]), amount["kept"]) for amount in amounts],
        axis=Axis(_("kept"), write=_percent, high=1.0),
        title=_("Kept promises by amount of history"),
    )


def _range(least: int, most: int | None) -> str:
    if most is None:
        return _("%(least)s or more") % {"least": format_number(least)}
    return format_number(least) if least == most else f"{format_number(least)}–{format_number(most)}"


def is_known(value: Any) -> bool:
    """Whether it is a number (a shop without promises of its own has none here)."""
    return isinstance(value, int | float) and isfinite(value)
