"""Which SVG drawings are kept: those that hold shapes and words and nothing that runs, loads or leads elsewhere."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem

MOST_BYTES = 300_000
MOST_PIXELS = 10_000
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset({
    "svg", "title", "desc", "defs", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "pattern",
})  # fmt: skip
WORDS = frozenset({
    "aria-label", "clip-path", "cx", "cy", "d", "direction", "dx", "dy", "fill", "fill-opacity", "fill-rule",
    "font-family", "font-size", "font-weight", "fx", "fy", "gradientTransform", "gradientUnits", "height", "id",
    "offset", "opacity", "patternTransform", "patternUnits", "points", "preserveAspectRatio", "r", "role", "rx", "ry",
    "spreadMethod", "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1",
    "y2",
})  # fmt: skip
POINTS_ELSEWHERE = re.compile(r"url\s*\((?!#[\w-]+\))", re.IGNORECASE)
SIZE = re.compile(r"[0-9]{1,5}")


def size_of_drawing(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of an SVG drawing that may be kept.

    Problems: `picture-too-large` (413), `not-a-picture` (422) for anything that is no SVG, has no size in whole pixels,
    or holds more than plain shapes and words (scripts, styles, links, entities, pictures within).
    """
    if len(content) > MOST_BYTES:
        raise Problem("picture-too-large", _("This picture is too large."), status=413, field="picture")
    drawing = _parsed(content)
    if not all(_is_plain(each) for each in drawing.iter()) or drawing.tag != f"{SVG}svg":
        raise _refused()
    width, height = (_pixels(drawing.get(name, "")) for name in ("width", "height"))
    return width, height


def _parsed(content: bytes) -> ElementTree.Element:
    if b"<!" in content or b"<?" in content:  # entities, style sheets, and what else stands before a drawing
        raise _refused()
    try:
        return ElementTree.fromstring(content.decode())  # noqa: S314 - it has no entities
    except (ElementTree.ParseError, UnicodeDecodeError, RecursionError):
        raise _refused() from None


def _is_plain(element: ElementTree.Element) -> bool:
    name = str(element.tag)
    known = name.startswith(SVG) and name.removeprefix(SVG) in SHAPES
    return (
        known
        and element.attrib.keys() <= WORDS
        and not any(POINTS_ELSEWHERE.search(each) for each in element.attrib.values())
    )


def _pixels(written: str) -> int:
    if not SIZE.fullmatch(written) or not 0 < int(written) <= MOST_PIXELS:
        raise _refused()
    return int(written)


def _refused() -> Problem:
    return Problem(
        "not-a-picture", _("This is no picture that can be kept: a plain SVG drawing."), status=422, field="picture"
    )
