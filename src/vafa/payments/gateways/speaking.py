"""One request to a gateway, and its answer where it can be understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from vafa.payments.gateways.kinds import Silent

TIMEOUT = 10.0  # seconds, for connecting and for each answer
LONGEST_ANSWER = 262_144


def speak(method: str, address: str, **how: Any) -> tuple[int, dict[str, Any]]:
    """Status (below 500) and JSON object of the answer; `how` goes to httpx. Silent: no connection, no answer, a fault
    of the gateway's, no JSON object. Redirects are not followed: the keys are for this address alone."""
    try:
        with httpx.Client(timeout=TIMEOUT) as client:
            answer = client.request(method, address, **how)
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise Silent(type(fault).__name__) from None
    if answer.status_code >= 500 or answer.is_redirect or len(answer.content) > LONGEST_ANSWER:
        raise Silent(str(answer.status_code))
    try:
        body = answer.json()
    except ValueError:
        raise Silent(f"{answer.status_code}, no JSON") from None
    if not isinstance(body, dict):
        raise Silent(f"{answer.status_code}, no object")
    return answer.status_code, body


def part(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object of that name; empty where there is something else."""
    found = body.get(name)
    return found if isinstance(found, dict) else {}
