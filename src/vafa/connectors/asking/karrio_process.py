"""Asks karrio and answers in JSON: a program that is started for one question and needs nothing of ours.

In: {"carrier", "settings", "numbers"} on standard input. Out: {"found": {number: tracking details}, "problem": ""}.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any


def main() -> None:
    """Read one question, write one answer."""
    question = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # some of its carriers print
        answer = _answer(question)
    json.dump(answer, sys.stdout, ensure_ascii=False)


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    try:
        import karrio.sdk as karrio
        from karrio.core.models import TrackingRequest
    except ImportError:
        return {"found": {}, "problem": "karrio is not installed"}
    try:
        gateway = karrio.gateway[question["carrier"]].create(question["settings"])
        request = TrackingRequest(tracking_numbers=question["numbers"])
        details, messages = karrio.Tracking.fetch(request).from_(gateway).parse()
    except Exception as failed:  # whatever a carrier's plug-in raises is the answer
        return {"found": {}, "problem": f"{type(failed).__name__}: {failed}"[:200]}
    found = {each.tracking_number: json.loads(json.dumps(_plain(each), default=str)) for each in details or []}
    return {"found": found, "problem": "" if found or not messages else str(messages[0].message)[:200]}


def _plain(details: Any) -> dict[str, Any]:
    """Of what karrio knows only what tracking needs: no names, no signatures, no pictures."""
    names = ("code", "date", "time", "timestamp", "status", "reason", "location")
    events = [{name: getattr(event, name, None) for name in names} for event in details.events or []]
    return {"tracking_number": details.tracking_number, "carrier_name": details.carrier_name, "events": events}


if __name__ == "__main__":
    main()
