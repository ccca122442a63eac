"""A few products side by side, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vafa.catalog.queries import Sheet
from vafa.kit.formats import text_in

MOST = 4


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line of the data sheets: its name and what each product says, "" where it says nothing."""

    name: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


def compared_lines(sheets: Sequence[Sheet]) -> list[ComparedLine]:
    """Every line that one of them has, in the reader's language; lines of the same name are one."""
    said = [{text_in(line.name): _written(line.value, line.unit) for line in sheet.lines} for sheet in sheets]
    names = dict.fromkeys(name for lines in said for name in lines)
    return [ComparedLine(name, tuple(lines.get(name, "") for lines in said)) for name in names]


def _written(value: str | dict[str, str], unit: str) -> str:
    return f"{text_in(value)} {unit}".strip()
