"""Where uploaded files and files of rejects lie: in the data folder, under random names."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vafa.kit.problems import Problem

PORTION = 1 << 20


def folder() -> Path:
    """Made when absent; nobody else on the machine may look into it."""
    path = Path(settings.HOME) / "imports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def random_name(ending: str) -> str:
    return f"{secrets.token_hex(16)}{ending}"


def name_for(digest: str, mapping: dict[str, Any]) -> str:
    """The file of rejects of a file with its mapping: the same for the same two."""
    said = json.dumps(mapping, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{digest} {said}".encode()).hexdigest()[:32] + ".csv"


def digest_of(paths: Iterable[Path]) -> tuple[str, int]:
    """SHA-256 over the files in their order, and their size."""
    digest, size = hashlib.sha256(), 0
    for path in paths:
        with path.open("rb") as file:
            while portion := file.read(PORTION):
                digest.update(portion)
                size += len(portion)
    return digest.hexdigest(), size


def keep_upload(portions: Iterable[bytes]) -> tuple[str, str, int]:
    """Write an upload to the folder; its random name, SHA-256 and size. Problem `upload-too-large` above the limit."""
    name, digest, size = random_name(".upload"), hashlib.sha256(), 0
    path = folder() / name
    try:
        with path.open("xb") as file:
            for portion in portions:
                size += len(portion)
                if size > settings.MAX_UPLOAD_BYTES:
                    raise too_large()
                digest.update(portion)
                file.write(portion)
    except Problem:
        path.unlink(missing_ok=True)
        raise
    return name, digest.hexdigest(), size


def too_large() -> Problem:
    """What is said of a file above the limit."""
    most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
    sentence = _("The file is larger than %(most)s MB. Import it with: vafa import orders FILE --mapping FILE.toml")
    return Problem("upload-too-large", sentence % {"most": most}, status=413)


def forget_file(name: str) -> None:
    """Remove a kept file, if it is there."""
    if name:
        (folder() / Path(name).name).unlink(missing_ok=True)
