"""Columns side by side over groups (months), and bars that lie, one a row (places)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.kit.charts.frame import Axis, Frame, Scale, chart_class, head_height, legend, rows, scale_for
from vafa.kit.charts.shapes import COLOURS, Tone, element, picture, text, tooltip

ROW = 30


@dataclass(frozen=True)
class Columns:
    """One value for each group; None or NaN leaves a gap."""

    label: str
    values: Sequence[float | None]
    tone: Tone = "main"


def column_chart(
    groups: Sequence[str], series: Sequence[Columns], *, y: Axis, title: str, width: float = 640, height: float = 280
) -> SafeString:
    """Grouped columns, e.g. the late share month by month. Labels thin out where they would touch."""
    if not groups:
        return SafeString("")
    swatches = [(one.label, _swatch(one.tone)) for one in series] if len(series) > 1 else []
    head = head_height(width, y.label, swatches)
    frame = Frame(width, height + head, top=head, bottom=30)
    up = scale_for(
        y if y.low is not None else Axis(y.label, y.write, 0.0, y.high, y.steps),
        [value for one in series for value in one.values if value is not None],
    )
    parts = [rows(frame, up)]
    slot = 1 / len(groups)
    for number, one in enumerate(series):
        parts += [
            _column(
                one,
                value,
                group,
                (index + 0.16) * slot + number * 0.68 * slot / len(series),
                slot,
                frame,
                up,
                len(series),
            )
            for index, (group, value) in enumerate(zip(groups, one.values, strict=True))
            if value is not None and isfinite(value)
        ]
    every = -(-len(groups) * 58 // int(width - frame.before - frame.after))
    parts += [
        text(group, frame.x((index + 0.5) * slot), frame.floor + 18, anchor="middle")
        for index, group in enumerate(groups)
        if index % every == 0
    ]
    parts.append(legend(frame, swatches))
    return picture(parts, frame.width, frame.height, title, rtl=frame.rtl, class_=chart_class(width))


def bar_chart(
    bars: Sequence[tuple[str, float]], *, axis: Axis, title: str, tone: Tone = "main", width: float = 480
) -> SafeString:
    """One lying bar a row, its name before it and its value behind it; from zero, or from `axis.low`."""
    known = [(name, value) for name, value in bars if isfinite(value)]
    if not known:
        return SafeString("")
    before = min(220.0, 20 + 7.0 * max(len(name) for name, _ in known))
    frame = Frame(width, ROW * len(known) + 8, top=4, bottom=4, before=before, after=64)
    scale = scale_for(
        Axis(axis.label, axis.write, axis.low or 0.0, axis.high, axis.steps), [value for _, value in known]
    )
    parts = []
    for index, (name, value) in enumerate(known):
        y = frame.top + index * ROW
        parts.append(text(name, frame.across(before - 10), y + 19, anchor="end", strong=True))
        parts.append(_rectangle(frame, 0, scale.share(value), y + 6, ROW - 12, tone, f"{name}: {scale.write(value)}"))
        end = frame.before + scale.share(value) * (width - frame.before - frame.after)
        parts.append(text(scale.write(value), frame.across(end + 8), y + 19))
    return picture(parts, width, frame.height, title, rtl=frame.rtl, class_="chart chart-bars")


def _column(
    one: Columns, value: float, group: str, start: float, slot: float, frame: Frame, up: Scale, many: int
) -> str:
    share = max(0.0, min(1.0, up.share(value)))
    y = frame.y(share)
    words = f"{group}{_(', ')}{one.label}: {up.write(value)}"
    return _rectangle(frame, start, start + 0.68 * slot / many, y, max(frame.floor - y, 0.5), one.tone, words)


def _rectangle(frame: Frame, start: float, end: float, y: float, height: float, tone: Tone, words: str) -> str:
    one, other = sorted((frame.x(start), frame.x(end)))
    return element(
        "rect",
        tooltip(words),
        x=one,
        y=y,
        width=max(other - one - 1, 0.5),
        height=height,
        rx=2,
        fill=COLOURS[tone],
        class_=f"fill-{tone}",
    )


def _swatch(tone: Tone) -> str:
    return element("rect", x=6, y=-5, width=12, height=12, rx=2, fill=COLOURS[tone], class_=f"fill-{tone}")
