"""Lines and points over two axes: the promise frontier, and anything that moves with time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from django.utils.safestring import SafeString

from vafa.kit.charts.frame import (
    Axis,
    Frame,
    Scale,
    chart_class,
    columns,
    head_height,
    legend,
    rows,
    scale_for,
    text_width,
)
from vafa.kit.charts.shapes import COLOURS, Tone, element, picture, text, tooltip


@dataclass(frozen=True)
class Series:
    """Points (x, y) with a name. `shape`: a line, a line with dots, a dashed line, or dots alone.

    `names` are words for the points, shown when the pointer rests on them; a single dot has its label beside it.
    """

    label: str
    points: Sequence[tuple[float, float]]
    shape: Literal["line", "dotted line", "dashed", "dots"] = "line"
    tone: Tone = "main"
    names: Sequence[str] = ()

    @property
    def known(self) -> list[tuple[int, float, float]]:
        """Points that can be drawn, with their place in the series."""
        return [(index, x, y) for index, (x, y) in enumerate(self.points) if isfinite(x) and isfinite(y)]


def line_chart(
    series: Sequence[Series], *, x: Axis, y: Axis, title: str, width: float = 640, height: float = 320
) -> SafeString:
    """Lines and points; nothing (an empty string) where no series has a point. `title` is read out, not drawn."""
    drawn = [one for one in series if one.known]
    if not drawn:
        return SafeString("")
    named = [one for one in drawn if len(one.known) > 1]
    swatches = [(one.label, _swatch(one)) for one in named] if len(named) > 1 else []
    head = head_height(width, y.label, swatches)
    frame = Frame(width, height + head, top=head)
    across = scale_for(x, [place for one in drawn for _, place, _ in one.known])
    up = scale_for(y, [value for one in drawn for _, _, value in one.known])
    parts = [rows(frame, up), columns(frame, across), *(_drawn(one, frame, across, up) for one in drawn)]
    parts.append(legend(frame, swatches))
    return picture(parts, frame.width, frame.height, title, rtl=frame.rtl, class_=chart_class(width))


def _drawn(series: Series, frame: Frame, across: Scale, up: Scale) -> str:
    places = [(index, frame.x(across.share(x)), frame.y(up.share(y))) for index, x, y in series.known]
    parts = []
    if series.shape != "dots" and len(places) > 1:
        path = " ".join(f"{x:.1f},{y:.1f}" for _, x, y in places)
        parts.append(_line(series, points=path))
    if series.shape in {"dots", "dotted line"} or len(places) == 1:
        parts += [_dot(series, index, x, y, across, up) for index, x, y in places]
    if len(places) == 1:
        _, x, y = places[0]
        room = (1 - across.share(series.known[0][1])) * (frame.width - frame.before - frame.after)
        anchor = "start" if room >= text_width(series.label) else "end"
        aside = 10 if (anchor == "start") != frame.rtl else -10
        parts.append(text(series.label, x + aside, y + 23, anchor=anchor, strong=True, halo=True))
    return "".join(parts)


def _line(series: Series, points: str) -> str:
    return element(
        "polyline",
        points=points,
        fill="none",
        stroke=COLOURS[series.tone],
        stroke_width=2.5,
        stroke_linejoin="round",
        stroke_linecap="round",
        stroke_dasharray="5 5" if series.shape == "dashed" else None,
        class_=f"line-{series.tone}",
    )


def _dot(series: Series, index: int, x: float, y: float, across: Scale, up: Scale) -> str:
    px, py = series.points[index]
    words = series.names[index] if index < len(series.names) else f"{across.write(px)} · {up.write(py)}"
    alone = len(series.known) == 1
    return element(
        "circle",
        tooltip(f"{series.label}: {words}"),
        cx=x,
        cy=y,
        r=6.5 if alone else 3.5,
        fill=COLOURS[series.tone],
        class_=f"fill-{series.tone}",
    )


def _swatch(series: Series) -> str:
    return _line(series, points="0,0 22,0")
