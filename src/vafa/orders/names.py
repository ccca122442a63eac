"""How the names of recipients are taken apart for searching."""

from __future__ import annotations

from vafa.engine.folding import fold

LONGEST = 320  # bytes: 80 letters of any script


def words_of(name: str) -> list[bytes]:
    """The different words of a name, folded."""
    return sorted({word.encode()[:LONGEST] for word in fold(name).split()})
