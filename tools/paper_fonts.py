#!/usr/bin/env python3
"""Cut the faces that papers are written in from the font of the pages: `python tools/paper_fonts.py`.

The font of the pages holds all weights and is packed for browsers; PDF files need one plain file for each weight, and
cutting them takes seconds. Its licence lies beside the font of the pages.
"""

from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from vafa.kit.pdf import FACES, KIT

PACKED = KIT / "static" / "kit" / "fonts" / "vazirmatn.woff2"


def main() -> None:
    for weight, path in FACES.values():
        path.write_bytes(cut(weight))


def cut(weight: int) -> bytes:
    """The face of this weight; the same bytes from the same font."""
    font = TTFont(BytesIO(PACKED.read_bytes()), recalcTimestamp=False)
    face = instantiateVariableFont(font, {"wght": weight})
    face.flavor = None
    plain = BytesIO()
    face.save(plain)
    return plain.getvalue()


if __name__ == "__main__":
    main()
