"""Uploaded pictures: what is kept is never the file that came, but one that was drawn again from its pixels."""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from vafa.kit.problems import Problem

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000  # a file of some kilobytes can claim to be larger than any memory
SIDE = 1600
QUALITY = 84
FORMATS = ("JPEG", "PNG", "WEBP")


def drawn_again(content: bytes) -> tuple[bytes, int, int]:
    """A JPEG, PNG or WebP picture as WebP with its width and height: upright, at most SIDE pixels, without what a
    camera or anybody else wrote into the file.

    Its kind is read off its content, its name says nothing. Problems: `picture-too-large` (413), `not-a-picture` (422).
    """
    if len(content) > MOST_BYTES:
        raise _too_large()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _too_large()
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((SIDE, SIDE))
                plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except Problem:
        raise
    except Exception:
        raise Problem(
            "not-a-picture", _("This is no picture that can be used: JPEG, PNG or WebP."), status=422, field="picture"
        ) from None
    written = io.BytesIO()
    plain.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue(), plain.width, plain.height


def _too_large() -> Problem:
    return Problem("picture-too-large", _("This picture is too large."), status=413, field="picture")
