"""The file of rows and values that could not be used, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType

from vafa.connectors.facts import Rejected
from vafa.connectors.reasons import SENTENCES

HEADINGS = ["file", "line", "{of}", "field", "value", "code", "reason", "used"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class RejectsFile:
    """Collects rejected rows; the file appears under its name only when all of them are in it.

    `of` heads the column of numbers. `rows` counts the rows not used by reason, `values` the single values not used of
    rows that were.
    """

    def __init__(self, path: Path, *, of: str = "order") -> None:
        self.path, self.of = path, of
        self.rows: Counter[str] = Counter()
        self.values: Counter[str] = Counter()

    def __enter__(self) -> RejectsFile:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._part = self.path.with_name(self.path.name + ".part")
        self._file = self._part.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([heading.format(of=self.of) for heading in HEADINGS])
        return self

    def __call__(self, rejected: Rejected) -> None:
        (self.rows if rejected.whole_row else self.values)[rejected.code] += 1
        self._writer.writerow(
            [
                harmless(rejected.file),
                rejected.line,
                harmless(rejected.number),
                harmless(rejected.field),
                harmless(rejected.value[:200]),
                rejected.code,
                str(SENTENCES[rejected.code]),
                "row not used" if rejected.whole_row else "value not used",
            ]
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if kind is None:
            self._part.replace(self.path)
        else:
            self._part.unlink(missing_ok=True)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA) else text
