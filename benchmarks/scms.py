"""A second domain: health shipments (SCMS), promised from the first quote, imported with nothing but a mapping file.

Runs the commands an owner would: `vafa import orders`, then `vafa backtest`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from engine_data import ROOT as DATA
from table import Row, finish

VAFA = Path(sys.executable).parent / "vafa"
FILE = DATA / "scms" / "scms_delivery_history.csv.gz"


def main() -> None:
    """Measure and print."""
    if not FILE.exists():
        sys.exit(f"scms: there is no {FILE} (VAFA_TEST_DATA names the folder of the data).")
    with tempfile.TemporaryDirectory() as home:
        finish(rows_of(report_in(Path(home))))


def report_in(home: Path) -> dict[str, Any]:
    """The report of `vafa backtest` in a new installation in `home`."""
    environment = {**os.environ, "VAFA_HOME": str(home)}
    written = home / "report.json"
    for words in (
        ["migrate", "-v0"],
        ["import", "orders", str(FILE), "--mapping", "scms"],
        ["backtest", "--json", str(written)],
    ):
        subprocess.run([VAFA, *words], check=True, env=environment, stdout=subprocess.DEVNULL)
    found: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return found


def rows_of(report: dict[str, Any]) -> list[Row]:
    gaps = {target: 100 * (one["kept"] - float(target)) for target, one in report["targets"].items()}
    figure = " / ".join(f"{gap:+.1f}" for gap in gaps.values()) + f" ({report['orders']:,} quotes)"
    ours, theirs = report["equal_kept"]["mean_days"], report["incumbent"]["mean_days"]
    table = report["baseline_equal_kept"]["mean_days"]
    kept = "SCMS by its mapping file: kept minus target at 0.80 / 0.90 / 0.95"
    return [
        Row(kept, "± 3 points", figure, max(map(abs, gaps.values())) <= 3),
        Row(
            "  at an equal kept rate, mean days",
            "",
            f"{ours:.0f}; percentile table of countries {table:.0f}; scheduled dates {theirs:.0f}",
        ),
    ]


if __name__ == "__main__":
    main()
