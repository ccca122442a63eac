"""The categories as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vafa.catalog.models import Category
from vafa.catalog.models.products import Texts
from vafa.shop.queries import remembered


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category; `above` are the codes from the top down to its parent."""

    code: str
    name: Texts
    above: tuple[str, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """The codes from the top down to itself."""
        return (*self.above, self.code)


def shelves() -> dict[str, Shelf]:
    """Every category by its code, in the shop's order; remembered until one changes."""
    return remembered("catalog.shelves", _read)


def _read() -> dict[str, Shelf]:
    rows = {row["id"]: row for row in Category.objects.values("id", "code", "name", "parent_id")}
    return {row["code"]: Shelf(row["code"], row["name"], _above(row, rows)) for row in rows.values()}


def _above(row: Mapping[str, Any], rows: Mapping[int, Mapping[str, Any]]) -> tuple[str, ...]:
    found: list[str] = []
    parent = row["parent_id"]
    while parent in rows and len(found) < len(rows):  # a circle, which no action makes, ends too
        found.append(rows[parent]["code"])
        parent = rows[parent]["parent_id"]
    return tuple(reversed(found))
