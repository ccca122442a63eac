"""Which encoding a text file is in, from its bytes."""

from __future__ import annotations

import codecs
import re
from typing import IO

from django.utils.translation import gettext as _

from vafa.kit.problems import Problem

MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
PORTION = 1 << 20
FOREIGN = re.compile(rb"[\x80-\xff]+")
ARABIC_RUN = 1.5  # letters on average: words are foreign as a whole, accented letters stand alone
LATIN = frozenset("áàâãäåæçéèêëíìîïñóòôõöøœúùûüýßÁÀÂÃÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÕÖØŒÚÙÛÜÝ€–—‘’“”•…™©®°ºª«»¿¡·²³½\xa0")
ARABIC = frozenset(chr(code) for code in range(0x600, 0x700)) | frozenset("\u200c\u200d«»–—…“”\xa0€÷×")


def encoding_of(stream: IO[bytes], name: str) -> str:
    """The codec to read the file with; it has been decoded with it once to the end.

    Problem `file-not-text` for binary files, `file-encoding` when no encoding makes sense of it.
    """
    first = stream.read(PORTION)
    for mark, codec in MARKS:
        if first.startswith(mark):
            _decode_all(first, stream, codec, name)
            return codec
    if codec := _unmarked_utf16(first):
        _decode_all(first, stream, codec, name)
        return codec
    foreign, broken_at, utf8_letters = _read_as_utf8(first, stream, name)
    if broken_at is None:
        return "utf-8"
    codec = _codepage(foreign) if utf8_letters * 10 <= len(foreign) else ""
    if not codec:
        raise _not_readable(name, broken_at)
    return codec


def first_broken_line(stream: IO[bytes]) -> int:
    """The number of the first line that is not UTF-8; 0 when all are."""
    for number, row in enumerate(stream, start=1):
        try:
            row.decode()
        except UnicodeDecodeError:
            return number
    return 0


def _not_readable(name: str, line: int) -> Problem:
    sentence = _("The text of “%(name)s” is damaged: line %(line)s is not valid UTF-8 and no other usual encoding.")
    return Problem("file-encoding", sentence % {"name": name, "line": line})


def _unmarked_utf16(first: bytes) -> str:
    """In UTF-16 the digits, commas and line ends have zeros in every second place, and nothing has them elsewhere."""
    sample = first[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(8, len(sample) * 0.03) or min(even, odd) > max(even, odd) * 0.02:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_all(first: bytes, stream: IO[bytes], codec: str, name: str) -> None:
    decoder = codecs.getincrementaldecoder(codec)()
    line, portion = 1, first
    try:
        while portion:
            text = decoder.decode(portion)
            if "\0" in text:
                raise Problem("file-not-text", _("“%s” is not a table of text (CSV or XLSX).") % name)
            line += text.count("\n")
            portion = stream.read(PORTION)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _not_readable(name, line) from None


def _read_as_utf8(first: bytes, stream: IO[bytes], name: str) -> tuple[bytes, int | None, int]:
    """Runs of bytes beyond ASCII in the broken lines with spaces between, the line of the first break (None: all is
    UTF-8), and how many letters beyond ASCII were valid."""
    foreign, broken_at, letters, line, rest = bytearray(), None, 0, 1, b""
    portion = first
    while portion:
        if 0 in portion:
            raise Problem("file-not-text", _("“%s” is not a table of text (CSV or XLSX).") % name)
        whole, newline, rest = (rest + portion).rpartition(b"\n")
        found, valid, break_line = _foreign(whole, line)
        foreign += found
        letters += valid
        broken_at = broken_at or break_line
        line += (whole + newline).count(b"\n")
        portion = stream.read(PORTION)
    found, valid, break_line = _foreign(rest, line)
    return bytes(foreign + found), broken_at or break_line, letters + valid


def _foreign(portion: bytes, line: int) -> tuple[bytes, int, int | None]:
    try:
        text = portion.decode()
    except UnicodeDecodeError:
        return _foreign_lines(portion, line)
    return b"", 0 if text.isascii() else sum(ord(letter) > 127 for letter in text), None


def _foreign_lines(portion: bytes, line: int) -> tuple[bytes, int, int | None]:
    foreign, valid, broken_at = bytearray(), 0, None
    for offset, row in enumerate(portion.split(b"\n")):
        try:
            valid += sum(ord(letter) > 127 for letter in row.decode())
        except UnicodeDecodeError:
            foreign += b" ".join([*FOREIGN.findall(row), b""])
            broken_at = broken_at or line + offset
    return bytes(foreign), valid, broken_at


def _codepage(foreign: bytes) -> str:
    """Windows-1256 (Persian, Arabic) or Windows-1252 (western Europe), if the text makes sense in it."""
    runs = foreign.split()
    letters = b"".join(runs)
    codec, known = ("cp1256", ARABIC) if len(letters) > ARABIC_RUN * len(runs) else ("cp1252", LATIN)
    text = letters.decode(codec, errors="replace")
    return codec if sum(letter in known for letter in text) >= 0.95 * len(text) else ""
