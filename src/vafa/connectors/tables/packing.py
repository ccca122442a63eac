"""Bytes of a file, unpacked where it is gzip, never more than allowed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from vafa.kit.problems import Problem

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
UNPACKED_FACTOR = 8  # of the largest upload: order exports shrink about that much, bombs a thousand times


def most_unpacked() -> int:
    """Bytes that a packed file may grow to."""
    return int(settings.MAX_UPLOAD_BYTES) * UNPACKED_FACTOR


def magic(path: Path) -> bytes:
    """The first four bytes; a clear sentence when the file cannot be read or is empty."""
    try:
        with path.open("rb") as file:
            first = file.read(4)
    except IsADirectoryError:
        raise Problem("file-is-folder", _("“%s” is a folder, not a file.") % path.name) from None
    except OSError:
        raise Problem("file-unreadable", _("The file “%s” cannot be opened.") % path.name) from None
    if not first:
        raise Problem("file-empty", _("The file “%s” is empty.") % path.name)
    return first


class _Limited(io.RawIOBase):
    """A stream that refuses to give more than so many bytes."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        self.source, self.left = source, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        found = self.source.read(len(buffer))
        self.left -= len(found)
        if self.left < 0:
            raise Problem("file-too-large", _("Unpacked, the file is larger than allowed."), status=413)
        buffer[: len(found)] = found
        return len(found)


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes as a stream. Problem when a gzip file is cut off, damaged or grows too large."""
    packed = magic(path).startswith(GZIP)
    try:
        with path.open("rb") as plain:
            if not packed:
                yield plain
                return
            with gzip.open(plain) as stream:
                yield io.BufferedReader(_Limited(stream, most_unpacked()), 1 << 18)  # type: ignore[arg-type,type-var]
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Problem("file-cut-off", _("The file “%s” is cut off or damaged.") % path.name) from None
