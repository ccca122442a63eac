"""The files of pictures are kept."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from vafa.catalog.actions.products import PictureRow
from vafa.catalog.drawings import size_of_drawing
from vafa.catalog.pictures import folder, name_of


def keep_picture(content: bytes, *, words: Mapping[str, str]) -> PictureRow:
    """Keep a drawing under its digest and say how a product names it. One that is there already stays as it is.

    Problems: those of `drawings.size_of_drawing`; nothing is kept then.
    """
    width, height = size_of_drawing(content)
    return PictureRow(keep_file(content, ".svg"), width, height, words)


def keep_file(content: bytes, ending: str) -> str:
    """Keep what has been looked at already, under its digest; the name of the file."""
    name = name_of(content, ending)
    target = folder() / name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(content, target)
    return name


def _put(content: bytes, target: Path) -> None:
    """All of it or nothing: whoever reads meanwhile, and a process that dies, never leave half a picture."""
    number, partial = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(partial).replace(target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
