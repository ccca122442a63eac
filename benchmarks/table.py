"""What a benchmark hands over: rows of measure, goal and figure, for people and for `benchmarks/run.py`."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measured figure. `met` says whether the goal is reached; None where there is no goal."""

    measure: str
    goal: str
    figure: str
    met: bool | None = None


def finish(rows: list[Row]) -> None:
    """Print the rows; write them as JSON to the file that `VAFA_BENCH_ROWS` names, if it names one."""
    for row in rows:
        print(f"{MARKS[row.met]} {row.measure:<70} goal {row.goal:<22} {row.figure}")
    sys.stdout.flush()
    if target := os.environ.get("VAFA_BENCH_ROWS"):
        Path(target).write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False), encoding="utf-8")


MARKS = {True: "✓", False: "✗", None: "·"}
