"""Pictures of what guarantees cost and of what claims would take."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vafa.kit.charts import Axis, Columns, Series, column_chart, in_two_widths, line_chart
from vafa.kit.formats import format_percent

LONGEST = 20


def _percent(share: float) -> str:
    return format_percent(share, 0 if share >= 0.1 else 1)


def cost_picture(report: dict[str, Any]) -> SafeString:
    """Cost as a share of sales by the days of the wording, with the upper end of the range, and the draft itself."""
    rows = [row for row in report["wordings"] if row["share"] is not None and row["days"] <= LONGEST]
    if not rows:
        return SafeString("")
    series = [Series(_("best guess"), [(row["days"], row["share"]["value"]) for row in rows], shape="dotted line")]
    upper = [(row["days"], row["share"]["high"]) for row in rows if row["share"]["high"] is not None]
    if upper:
        series.append(Series(_("upper end of the range"), upper, shape="dashed", tone="third"))
    limit = [(rows[0]["days"], report["limit"]), (rows[-1]["days"], report["limit"])]
    series.append(Series(_("your limit"), limit, tone="bad"))
    own = report["own"]
    if own["days"] is not None and own["share"] is not None:
        series.append(Series(_("the draft"), [(own["days"], own["share"]["value"])], shape="dots", tone="other"))
    across, up = Axis(_("within so many days")), Axis(_("of sales"), write=_percent, low=0.0)
    title = _("What each wording would have cost, as a share of sales")
    return in_two_widths(lambda width: line_chart(series, x=across, y=up, title=title, width=width))


def effort_picture(found: dict[str, Any]) -> SafeString:
    """Each stage's median now and as it would have to be, in days."""
    stages = [stage for stage in found["stages"] if stage["stage"] != "both"]
    if not stages or found["is_reached"]:
        return SafeString("")
    names = {"handling": pgettext("stage", "handling"), "transit": pgettext("stage", "carrier")}
    labels = [names[stage["stage"]] for stage in stages]
    both = next((stage["factor"] for stage in found["stages"] if stage["stage"] == "both"), None)
    if any(stage["then"] is not None for stage in stages):
        then = Columns(_("if it alone changed"), [stage["then"] for stage in stages])
    else:
        then = Columns(_("if both changed"), [None if both is None else stage["now"] * both for stage in stages])
    series = [Columns(_("now"), [stage["now"] for stage in stages], "quiet"), then]
    up, title = Axis(_("days, at the median")), _("How long each stage takes, and how long it may take")
    return in_two_widths(lambda width: column_chart(labels, series, y=up, title=title, width=width, height=220))
