"""Promised against kept: whether 90 of 100 means 90 of 100."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.kit.charts.frame import Axis, Frame, columns, rows, scale_for
from vafa.kit.charts.shapes import COLOURS, GRID, element, picture, tooltip
from vafa.kit.formats import format_number, format_percent


def calibration_plot(
    groups: Sequence[tuple[float, float, int]], *, title: str, width: float = 420, height: float = 400
) -> SafeString:
    """(mean probability promised, share kept, how many) per group; dots as large as their groups."""
    known = [group for group in groups if group[2] > 0]
    if not known:
        return SafeString("")
    low = max(0.0, min(min(promised, kept) for promised, kept, _many in known) - 0.05)
    frame = Frame(width, height, top=28)
    across = scale_for(Axis(_("probability promised"), _percent, low, 1.0, 4), [])
    up = scale_for(Axis(_("share kept"), _percent, low, 1.0, 4), [])
    honest = element(
        "line",
        x1=frame.x(0),
        y1=frame.y(0),
        x2=frame.x(1),
        y2=frame.y(1),
        stroke=GRID,
        stroke_width=2,
        stroke_dasharray="5 5",
        class_="grid-line",
    )
    most = max(many for _p, _k, many in known)
    dots = [
        element(
            "circle",
            tooltip(_("promised %(promised)s, kept %(kept)s, of %(many)s") % _words(promised, kept, many)),
            cx=frame.x(across.share(promised)),
            cy=frame.y(up.share(kept)),
            r=3 + 4 * sqrt(many / most),
            fill=COLOURS["main"],
            fill_opacity=0.75,
            class_="fill-main",
        )
        for promised, kept, many in known
    ]
    parts = [rows(frame, up), columns(frame, across), honest, *dots]
    return picture(parts, width, height, title, rtl=frame.rtl, class_="chart chart-square")


def _percent(value: float) -> str:
    return format_percent(value)


def _words(promised: float, kept: float, many: int) -> dict[str, str]:
    return {"promised": format_percent(promised, 1), "kept": format_percent(kept, 1), "many": format_number(many)}
