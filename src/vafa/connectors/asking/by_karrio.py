"""Carriers' own APIs through the karrio library, an optional extra (`pip install "vafa[carriers]"`).

It runs in a process of its own: its carriers know no time limits, it brings much into memory, and what it prints or
breaks stays there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from vafa.connectors.asking import Answer

TIMEOUT = 90  # seconds, for all numbers of one go
PROGRAM = Path(__file__).with_name("karrio_process.py")


def ask_by_karrio(carrier: str, secret: str, numbers: Sequence[str]) -> Answer:
    """Ask `carrier` (as karrio names it) about the numbers; `secret` is the JSON of its credentials."""
    given = json.dumps({"carrier": carrier, "settings": _settings(secret), "numbers": list(numbers)})
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM)],
            input=given,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Answer(problem="timeout")
    except ValueError:
        return Answer(problem="the karrio process ended without an answer")
    bodies = {number: json.dumps(body, ensure_ascii=False).encode() for number, body in said["found"].items()}
    unknown = [] if said["problem"] else [number for number in numbers if number not in bodies]
    return Answer(bodies, unknown, said["problem"][:200])


def _settings(secret: str) -> dict[str, object]:
    try:
        found = json.loads(secret or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
