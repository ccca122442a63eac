"""Runs the benchmarks one after the other, each in a process of its own, and writes docs/operate/benchmarks.md.

`python3 dev.py bench` runs all, `python3 dev.py bench ledger quotes` some; rows of the others are kept.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import timeit
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "operate" / "benchmarks.md"
KEPT = HERE / "results.json"
NOT_BENCHMARKS = {"run", "table"}


def main(wanted: list[str]) -> int:
    known = [path.stem for path in sorted(HERE.glob("*.py")) if is_benchmark(path)]
    if unknown := set(wanted) - set(known):
        sys.exit(f"dev.py bench: unknown: {', '.join(sorted(unknown))}. There are: {', '.join(known)}")
    for name in wanted or known:
        print(f"\n=== {name}", flush=True)
        before = load()
        if (rows := measured(name)) is None:
            return 1
        results: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
        results[name] = {"on": machine(before), "at": datetime.now(UTC).date().isoformat(), "rows": rows}
        KEPT.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(page(results), encoding="utf-8")
    return 0


def is_benchmark(path: Path) -> bool:
    return path.stem not in NOT_BENCHMARKS and "finish(" in path.read_text(encoding="utf-8")


def measured(name: str) -> list[dict[str, Any]] | None:
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.json"
        started = time.monotonic()
        own = {"VAFA_BENCH_ROWS": str(rows), "VAFA_HOME": str(Path(folder) / "home")}
        # as `vafa` itself does, see config/cli.py
        as_served = {"OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1"}
        environment = {**as_served, **os.environ, **own}
        done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], env=environment, check=False)
        print(f"({name}: {time.monotonic() - started:.0f} s)")
        if done.returncode or not rows.exists():
            print(f"{name} ended with code {done.returncode} and no rows", file=sys.stderr)
            return None
        found: list[dict[str, Any]] = json.loads(rows.read_text(encoding="utf-8"))
        return found


def load() -> float:
    """How many programs wanted a processor in the last minute: what else the machine had to do."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def machine(load: float) -> str:
    """What it was measured on, and how fast that was just now: machines of one kind differ by a factor of two."""
    pace = min(timeit.repeat("total += 1", "total = 0", number=10_000_000, repeat=3))
    cores = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return f"{cores}; ten million additions in a loop took {pace:.2f} s; load before it {load:.1f}"


def page(results: dict[str, Any]) -> str:
    lines = [
        "# Measured",
        "",
        "Written by `python3 dev.py bench`; each part can be run alone: `python3 dev.py bench NAME`.",
        "",
    ]
    for name, result in sorted(results.items()):
        lines += [
            f"## {name}",
            "",
            f"{result['at']}, {result['on']}",
            "",
            "| measure | goal | figure | |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {row['measure']} | {row['goal']} | {row['figure']} | {mark(row['met'])} |" for row in result["rows"]
        ]
        lines.append("")
    return "\n".join(lines)


def mark(met: bool | None) -> str:
    return {True: "met", False: "**not met**", None: ""}[met]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
