"""The index of this installation."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from vafa.catalog.search.index import Index


def the_index() -> Index:
    """The index in the data folder, one a process."""
    return _index_in(Path(settings.HOME) / "index" / "catalog")


@lru_cache(maxsize=4)
def _index_in(folder: Path) -> Index:
    return Index(folder)
