"""What somebody had before his eyes when he began to change it: another edition now means that another was there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem


def edition_of(values: Mapping[str, object]) -> str:
    """A short name for exactly these values."""
    written = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def require_same(seen: str, now: Mapping[str, object]) -> None:
    """Problem `changed-meanwhile` (409) where what was seen is not what is there now; the caller holds the row."""
    if seen != edition_of(now):
        sentence = _(
            "Somebody else changed this while you had it open. Nothing of yours is saved yet: compare, save again."
        )
        raise Problem("changed-meanwhile", sentence, status=409)
