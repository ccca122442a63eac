"""Pieces of SVG: elements with their attributes escaped, numbers short, colours by name.

Colours are attributes, so that a chart stands in a file of its own, and classes, which the theme overrides (dark mode).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Tone = Literal["main", "other", "third", "bad", "quiet"]
COLOURS: dict[str, str] = {
    "main": "#147f84",
    "other": "#d9a03f",
    "third": "#4d6fb3",
    "bad": "#b8474f",
    "quiet": "#8a9a9d",
    "soft": "#bfe3e2",
}
INK, QUIET_INK, GRID = "#1d2d32", "#5d6c70", "#dfe7e8"
FONT = "Figtree, Vazirmatn, system-ui, sans-serif"

Value = str | int | float | None


def element(name: str, *inside: str, **attributes: Value) -> str:
    """One element. `_` in attribute names becomes `-`, a trailing one goes (`class_`); None leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def text(
    content: object, x: float, y: float, *, anchor: str = "start", strong: bool = False, halo: bool = False
) -> str:
    """Words at a point. `anchor` follows the direction of reading; a halo keeps them legible over lines."""
    return element(
        "text",
        escape(str(content)),
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        font_size=12,
        font_weight=600 if strong else None,
        fill=INK if strong else QUIET_INK,
        class_=" ".join(name for name, on in (("strong", strong), ("halo", halo)) if on) or None,
        stroke="#ffffff" if halo else None,
        stroke_width=4 if halo else None,
        paint_order="stroke" if halo else None,
        stroke_linejoin="round" if halo else None,
    )


def tooltip(content: object) -> str:
    """What shows when the pointer rests on the shape, and what screen readers say."""
    return element("title", escape(str(content)))


def picture(parts: Iterable[str], width: float, height: float, label: str, *, rtl: bool, class_: str) -> SafeString:
    """The whole drawing, named for those who hear it instead of seeing it."""
    return mark_safe(  # noqa: S308 - every part escaped what it was given
        element(
            "svg",
            "".join(parts) or " ",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {short(width)} {short(height)}",
            role="img",
            aria_label=label,
            direction="rtl" if rtl else "ltr",
            font_family=FONT,
            class_=class_,
        )
    )


def short(number: float) -> str:
    """At most two decimals, none that say nothing."""
    return f"{number:.2f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)


def _attribute(value: Value) -> str:
    return short(value) if isinstance(value, int | float) else escape(str(value))
