"""Book covers drawn from the title alone: the same title has the same cover, always and everywhere.

Six designs after Persian book art (sun medallion, star-and-cross tiles, arch, cypresses, dunes, rays) and a phone.
The result is one self-contained SVG without scripts, styles or outside references, so it may stand in any page.
"""

from __future__ import annotations

import hashlib
import unicodedata
from html import escape

from vafa.demo.ornaments import CLASSIC, DESIGNS, HEIGHT, PALETTES, WIDTH, Palette, Sheet, Space, binding

FONTS = "Vazirmatn, 'Noto Naskh Arabic', 'Noto Sans Arabic', Tahoma, 'DejaVu Sans', sans-serif"
LONGEST_TITLE = 60
LONGEST_LINE = 13
MOST_LINES = 4


EDITION = "2"  # raise it when the designs change, so that browsers fetch the covers again


def name_of(title: str) -> str:
    """A name for the cover of this title in this edition, as an HTTP entity tag."""
    return '"' + hashlib.sha256(f"{EDITION}:{_clean(title)}".encode()).hexdigest()[:20] + '"'


def cover(title: str, author: str = "", shelf: str = "") -> str:
    """The cover as SVG text (300 x 420 units, scalable).

    Deterministic by `title`; `shelf` ("phone", "children", "novel", "science", …) only narrows the choice of designs.
    Any text is accepted: markup is escaped, control characters are dropped, a long title is cut with an ellipsis.
    """
    title = _clean(title)
    numbers = hashlib.sha256(title.encode()).digest()
    sheet = Sheet("c" + numbers.hex()[:8], numbers, PALETTES[numbers[0] % len(PALETTES)])
    designs = DESIGNS.get(shelf, CLASSIC)
    draw, space = designs[numbers[1] % len(designs)]
    c = sheet.colours
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f'<defs><linearGradient id="{sheet.name}g" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{c.ground}"/>'
        f'<stop offset="1" stop-color="{c.deep}"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#{sheet.name}g)"/>'
        f"{draw(sheet)}{_lettering(title, _clean(author), c, space)}{binding(c)}</svg>"
    )


def _clean(text: str) -> str:
    # of the invisible signs only the zero-width (non-)joiner belongs in a title: Persian spelling needs it
    kept = "".join(
        " " if unicodedata.category(sign)[0] == "C" and sign not in "\u200c\u200d" else sign for sign in text
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= LONGEST_TITLE else kept[: LONGEST_TITLE - 1].rstrip() + "…"


# --- letters


def _lettering(title: str, author: str, colours: Palette, space: Space) -> str:
    lines = _lines(title)
    longest = max(len(line) for line in lines)
    size = max(13.0, min(50.0, space.width * 2.05 / max(longest, 5), space.height / (1.32 * len(lines))))
    step = size * 1.32
    first = space.middle - step * (len(lines) - 1) / 2 + size * 0.34
    drawn = [_text(line, first + step * k, size, 800, colours.letters) for k, line in enumerate(lines)]
    if author:
        author_size = max(11.0, min(18.0, 430 / len(author)))
        drawn.append(_text(author, HEIGHT - 35, author_size, 600, colours.gold))
    return "".join(drawn)


def _text(words: str, y: float, size: float, weight: int, colour: str) -> str:
    direction = "rtl" if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in words) else "ltr"
    return (
        f'<text x="{WIDTH / 2:g}" y="{y:.1f}" text-anchor="middle" direction="{direction}" font-family="{FONTS}"'
        f' font-size="{size:.1f}" font-weight="{weight}" fill="{colour}">{escape(words)}</text>'
    )


def _lines(title: str) -> list[str]:
    """Words into as few lines as fit, and then as even as they come."""
    words = title.replace(" و ", " و\u00a0").split(" ")  # no line ends with "and"
    rows = 1
    while rows < min(MOST_LINES, len(words)) and max(map(len, _broken(words, rows))) > LONGEST_LINE:
        rows += 1
    return _broken(words, rows)


def _broken(words: list[str], rows: int) -> list[str]:
    """The words in `rows` lines, the longest line as short as filling line by line can make it."""
    for width in range(max(map(len, words)), len(" ".join(words)) + 1):
        lines = [words[0]]
        for word in words[1:]:
            if len(lines[-1]) + 1 + len(word) <= width:
                lines[-1] += " " + word
            else:
                lines.append(word)
        if len(lines) <= rows:
            return lines
    return [" ".join(words)]
