"""A frequency as tiles: what "97 of 100" looks like."""

from __future__ import annotations

from math import ceil, sqrt

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vafa.kit.formats import format_frequency

MOST = 100
TILE, GAP = 8, 2
KEPT, LATE = "#3fb6b2", "#b8474f"


def mosaic(kept: int, of: int) -> SafeString:
    """`of` tiles (at most 100, larger numbers are scaled), `kept` of them turquoise."""
    if of <= 0 or not 0 <= kept <= of:
        return SafeString("")
    shown = min(of, MOST)
    late = shown - (kept if of <= MOST else min(shown - (kept < of), round(kept * shown / of)))
    columns = ceil(sqrt(shown))
    side = columns * TILE + (columns - 1) * GAP
    tiles = "".join(_tile(index, columns, index >= shown - late) for index in range(shown))
    return format_html(
        '<svg class="mosaic" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">{2}</svg>',
        side,
        _("%(frequency)s kept") % {"frequency": format_frequency(kept, of)},
        mark_safe(tiles),  # noqa: S308 - numbers only
    )


def _tile(index: int, columns: int, late: bool) -> str:
    row, column = divmod(index, columns)
    place = f'x="{column * (TILE + GAP)}" y="{row * (TILE + GAP)}" width="{TILE}" height="{TILE}" rx="2"'
    if late:
        return f'<rect {place} class="mosaic-late" fill="{LATE}"/>'
    shade = ("", " mosaic-kept-1", " mosaic-kept-2")[(index * 5 + row * 7) % 11 % 3]
    return f'<rect {place} class="mosaic-kept{shade}" fill="{KEPT}"/>'
