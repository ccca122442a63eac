"""Axes: nice ticks, where a value lies on the paper, and the direction in which the horizontal axis runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, isfinite, log10

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from vafa.kit.charts.shapes import GRID, element, text
from vafa.kit.formats import format_number

WIDE, NARROW = 640.0, 340.0


@dataclass(frozen=True)
class Axis:
    """How an axis is labelled and how far it reaches.

    `write` turns a value into its label (default: a number with as many decimals as the ticks need); `low` and `high`
    fix the ends, otherwise they follow the data; `steps` is about how many ticks there are.
    """

    label: str = ""
    write: Callable[[float], str] | None = None
    low: float | None = None
    high: float | None = None
    steps: int = 5


@dataclass(frozen=True)
class Scale:
    """An axis with its data known: the ends and the ticks."""

    axis: Axis
    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    def write(self, value: float) -> str:
        if self.axis.write is not None:
            return self.axis.write(value)
        step = self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else 1.0
        return format_number(value, max(0, -floor(log10(step) + 1e-9)))


ALIKE = 1e-9  # of their size: values nearer to each other than this are one value, between which no round number fits


def scale_for(axis: Axis, values: Iterable[float]) -> Scale:
    """Ends on round numbers round the data; ends that the axis fixes stay."""
    known = [value for value in values if isfinite(value)] or [0.0, 1.0]
    low = min(known) if axis.low is None else axis.low
    high = max(known) if axis.high is None else axis.high
    if high - low <= ALIKE * max(abs(low), abs(high)):
        low, high = (low - 0.5, low + 0.5) if axis.low is None else (low, low + 1.0)
    step = nice_step((high - low) / max(1, axis.steps))
    low = floor(low / step + 1e-9) * step if axis.low is None else low
    high = ceil(high / step - 1e-9) * step if axis.high is None else high
    first = ceil(low / step - 1e-9)
    ticks = tuple(round(n * step, 12) for n in range(first, floor(high / step + 1e-9) + 1))
    return Scale(axis, low, high, ticks)


def nice_step(rough: float) -> float:
    """The least of 1, 2, 5, 10 times a power of ten that is not below `rough`: its multiples need one digit to be told
    apart, so that no label is a rounded one."""
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough - 1e-12 * power)


@dataclass(frozen=True)
class Frame:
    """The paper: its size, its margins, and whether the reader begins at the right."""

    width: float = 640
    height: float = 320
    top: float = 16
    bottom: float = 46
    before: float = 52
    after: float = 16
    rtl: bool = field(default_factory=translation.get_language_bidi)

    @property
    def floor(self) -> float:
        return self.height - self.bottom

    def x(self, share: float) -> float:
        """Where a share of the horizontal axis lies; it runs from right to left for those who read so."""
        place = self.before + share * (self.width - self.before - self.after)
        return self.across(place)

    def across(self, place: float) -> float:
        """A distance from where the line begins, as a coordinate."""
        return self.width - place if self.rtl else place

    def y(self, share: float) -> float:
        return self.floor - share * (self.floor - self.top)


def rows(frame: Frame, scale: Scale) -> str:
    """Horizontal grid lines with their labels, and the axis' name above them."""
    parts = []
    for tick in scale.ticks:
        y = frame.y(scale.share(tick))
        parts.append(
            element("line", x1=frame.x(0), x2=frame.x(1), y1=y, y2=y, stroke=GRID, stroke_width=1, class_="grid-line")
        )
        parts.append(text(scale.write(tick), frame.across(frame.before - 8), y + 4, anchor="end"))
    if scale.axis.label:
        parts.append(text(scale.axis.label, frame.across(4), 12))
    return "".join(parts)


def columns(frame: Frame, scale: Scale) -> str:
    """Labels under the horizontal axis, and its name."""
    parts = [
        text(scale.write(tick), frame.x(scale.share(tick)), frame.floor + 18, anchor="middle") for tick in scale.ticks
    ]
    if scale.axis.label:
        parts.append(text(scale.axis.label, frame.x(0.5), frame.floor + 38, anchor="middle"))
    return "".join(parts)


def chart_class(width: float) -> str:
    """A wide drawing and its narrow twin each have their pages; any other shrinks to fit."""
    return {WIDE: "chart chart-wide", NARROW: "chart chart-narrow"}.get(width, "chart")


def in_two_widths(draw: Callable[[float], SafeString]) -> SafeString:
    """The drawing for wide pages and its twin for phones, where letters would shrink too far; one of them is shown."""
    return mark_safe(draw(WIDE) + draw(NARROW))  # noqa: S308 - both are drawings, escaped already


def head_height(width: float, label: str, entries: Sequence[tuple[str, str]]) -> float:
    """Room above the paper for the axis' name and the legend: one line where both fit side by side, else two."""
    needed = 24 + text_width(label) + sum(_legend_width(name) for name, _ in entries)
    return 28 if needed <= width else 52


def legend(frame: Frame, entries: Sequence[tuple[str, str]]) -> str:
    """(label, swatch drawn at 0,0 and 22 wide) side by side, ending where the line ends. Widths are estimated."""
    parts: list[str] = []
    y = frame.top - 16
    place = frame.width - frame.after - sum(_legend_width(label) for label, _ in entries) + 18
    for label, swatch in entries:
        at = frame.across(place + (22 if frame.rtl else 0))
        parts.append(element("g", swatch, transform=f"translate({at:g} {y - 4:g})"))
        parts.append(text(label, frame.across(place + 28), y))
        place += _legend_width(label)
    return "".join(parts)


def _legend_width(label: str) -> float:
    return 28 + text_width(label) + 18


def text_width(label: str) -> float:
    """About how many units a label takes."""
    return 6.4 * len(label)
