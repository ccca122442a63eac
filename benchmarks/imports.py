"""How fast orders come in: the Olist development part with its ledger history, and the same again, on SQLite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import Row, finish

DATA = Path(os.environ.get("VAFA_TEST_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
GOAL = 30
MEASURED = """
import json, sys, time
from vafa.config import cli
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "vafa.config.settings"
django.setup()
from vafa.connectors.actions.recording import Recorder
record, took = Recorder.record, []
def timed(self, orders):
    began = time.perf_counter()
    done = record(self, orders)
    took.append(time.perf_counter() - began)
    return done
Recorder.record = timed
cli.main()
took.sort()
shown = {"median": took[len(took) // 2], "p99": took[int(len(took) * 0.99)], "cpu": time.process_time()}
print(json.dumps(shown), file=sys.stderr)
"""


def run(environment: dict[str, str], *words: str) -> tuple[float, dict[str, float]]:
    """Seconds of a whole `vafa` process, its start included; seconds of its transactions and of processor time."""
    began = time.perf_counter()
    command = [sys.executable, "-c", MEASURED, *words]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return time.perf_counter() - began, json.loads(done.stderr.strip().splitlines()[-1])


def main() -> None:
    if not (DATA / "olist").is_dir():
        sys.exit(f"imports: no Olist data in {DATA} (VAFA_TEST_DATA names another folder)")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAFA_HOME": folder, "VAFA_DATABASE_URL": ""}
        subprocess.run([sys.executable, "-c", "from vafa.config.cli import main; main()", "migrate", "-v", "0"],
                       env=environment, check=True)  # fmt: skip
        first, figures = run(environment, "import", "olist", str(DATA / "olist"), "--json")
        again, unchanged = run(environment, "import", "olist", str(DATA / "olist"), "--json")
    longest = f"median {figures['median'] * 1000:.0f} ms, p99 {figures['p99'] * 1000:.0f} ms"
    shown = f"{first:.1f} s ({figures['cpu']:.1f} s of one processor)"
    repeated = f"{again:.1f} s ({unchanged['cpu']:.1f} s of one processor)"
    finish(
        [
            Row("import of 26,109 Olist orders with their ledger, SQLite", f"≤ {GOAL} s", shown, first <= GOAL),
            Row("its write transactions, 150 orders each", "≤ 200 ms", longest, figures["p99"] <= 0.2),
            Row("the same import again, which changes nothing", "", repeated),
        ]
    )


if __name__ == "__main__":
    main()
