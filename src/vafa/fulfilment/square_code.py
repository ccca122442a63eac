"""The number of an order as a square code, so that it can be scanned on the packing table."""

from __future__ import annotations

from importlib.util import find_spec

from django.utils.safestring import SafeString, mark_safe

SIZE = 3  # pixels of a module


def square_code(number: str) -> SafeString:
    """Drawn into the page; nothing where the extra `papers` is not installed."""
    if find_spec("segno") is None:
        return SafeString("")
    import segno

    drawn = segno.make_qr(number).svg_inline(scale=SIZE, border=2, svgclass=None, lineclass=None, omitsize=False)
    return mark_safe(drawn)  # noqa: S308 - an SVG of its own making
