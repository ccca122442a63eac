"""A line as small as a word."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from django.utils import translation
from django.utils.safestring import SafeString

from vafa.kit.charts.shapes import COLOURS, Tone, element, picture


def sparkline(values: Sequence[float], *, title: str, tone: Tone = "main") -> SafeString:
    """The course of a figure, its last value dotted; needs two values."""
    known = [(index, value) for index, value in enumerate(values) if isfinite(value)]
    if len(known) < 2:
        return SafeString("")
    rtl = translation.get_language_bidi()
    low, high = min(value for _, value in known), max(value for _, value in known)
    span = (high - low) or 1.0
    points = [(4 + 112 * index / (len(values) - 1), 28 - 22 * (value - low) / span) for index, value in known]
    places = [(120 - x if rtl else x, y) for x, y in points]
    line = element(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places),
        fill="none",
        stroke=COLOURS[tone],
        stroke_width=2,
        stroke_linejoin="round",
        class_=f"line-{tone}",
    )
    x, y = places[-1]
    dot = element("circle", cx=x, cy=y, r=3.5, fill=COLOURS[tone], class_=f"fill-{tone}")
    return picture([line, dot], 120, 32, title, rtl=rtl, class_="sparkline")
