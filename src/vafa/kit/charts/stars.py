"""A mark out of five as stars, the last one filled as far as the mark goes."""

from __future__ import annotations

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vafa.kit.charts.shapes import element, picture
from vafa.kit.formats import format_number

BEST, SIDE, GAP = 5, 20, 4
STEP = SIDE + GAP
FULL, NONE = "#d9a03f", "#dfe7e8"
SHAPE = "M10 1l2.7 5.8 6.3.8-4.6 4.3 1.2 6.3-5.6-3.1-5.6 3.1 1.2-6.3L1 7.6l6.3-.8z"


def stars(mark: float) -> SafeString:
    """Five stars for a mark between 0 and 5, in the direction of reading; empty for any other."""
    if not 0 <= mark <= BEST:
        return SafeString("")
    rtl = translation.get_language_bidi()
    whole, part = divmod(mark, 1)
    width = BEST * STEP - GAP
    full = min(whole * STEP + part * SIDE, width)
    empty, filled = _five("star-none", NONE), _five("star-full", FULL)
    # a picture in the picture cuts the filled ones off: a clip path would need an id of its own
    begins = width - full if rtl else 0
    cut = element("svg", filled, x=begins, y=0, width=full, height=SIDE, viewBox=f"{begins:g} 0 {full:g} {SIDE}")
    label = _("%(mark)s of %(best)s stars") % {"mark": format_number(mark, 1), "best": format_number(BEST)}
    parts = [empty, cut] if full else [empty]
    return picture(parts, width, SIDE, label, rtl=rtl, class_="stars-picture")


def _five(tone: str, colour: str) -> str:
    return "".join(
        element("path", d=SHAPE, transform=f"translate({place * STEP} 0)", class_=tone, fill=colour)
        for place in range(BEST)
    )
