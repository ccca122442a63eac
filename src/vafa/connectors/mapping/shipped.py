"""The mappings that come with Vafa, by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from vafa.connectors.mapping.model import Mapping
from vafa.connectors.mapping.toml import read_mapping

FOLDER = Path(__file__).resolve().parent.parent / "mappings"


@lru_cache(maxsize=1)
def shipped_mappings() -> dict[str, Mapping]:
    """Every shipped mapping by its short name."""
    return {path.stem: read_mapping(path) for path in sorted(FOLDER.glob("*.toml"))}


def named_mapping(name_or_file: str) -> Mapping:
    """A shipped mapping by name, else the one in that file. Problem when there is neither."""
    return shipped_mappings().get(name_or_file) or read_mapping(Path(name_or_file))
