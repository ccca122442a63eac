"""Where the files of pictures lie: each under the digest of what is in it, so a name never means another picture."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{40}\.(svg|webp)")
KINDS = {"svg": "image/svg+xml", "webp": "image/webp"}


def folder() -> Path:
    """In the data folder, among the files that the backup keeps."""
    return Path(settings.HOME) / "files" / "pictures"


def name_of(content: bytes, ending: str = ".svg") -> str:
    """The name of the file that holds this picture."""
    return f"{hashlib.sha256(content).hexdigest()[:40]}{ending}"


def kind_of(name: str) -> str:
    """What browsers call a file of this name."""
    return KINDS[name.rpartition(".")[2]]


def content_of(name: str) -> bytes | None:
    """What is in the file of this name; None where it is no picture's name or there is no such file."""
    if not NAME.fullmatch(name):
        return None
    try:
        return (folder() / name).read_bytes()
    except FileNotFoundError:
        return None
