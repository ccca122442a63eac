"""A carrier that answers GET with JSON, one tracking number an address."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Sequence
from email.message import Message
from http.client import HTTPException
from urllib.parse import quote

from vafa.connectors.asking import Answer

TIMEOUT = 20  # seconds
MOST_BYTES = 1024 * 1024


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The secret goes to the address that the owner wrote, and nowhere else."""

    def redirect_request(self, *args: object, **named: object) -> None:
        return None


def ask_by_http(address: str, secret: str, numbers: Sequence[str]) -> Answer:
    """Ask for each number at `address` ({number} is replaced); `secret` goes along as a bearer token.

    Stops at the first refusal that is not about the number.
    """
    answer = Answer()
    opener = urllib.request.build_opener(_NoRedirects)
    for number in numbers:
        request = urllib.request.Request(address.replace("{number}", quote(number, safe="")))  # noqa: S310 - checked when set
        request.add_header("Accept", "application/json")
        if secret:
            request.add_header("Authorization", f"Bearer {secret}")
        try:
            with opener.open(request, timeout=TIMEOUT) as response:
                body = response.read(MOST_BYTES + 1)
        except urllib.error.HTTPError as refused:
            if refused.code == 404:
                answer.unknown.append(number)
                continue
            answer.problem, answer.wait = f"HTTP {refused.code}", _wait(refused.headers)
            return answer
        except (OSError, HTTPException, ValueError) as failed:
            answer.problem = type(failed).__name__
            return answer
        if len(body) > MOST_BYTES:
            answer.unknown.append(number)
            continue
        answer.bodies[number] = body
    return answer


def _wait(headers: Message) -> int:
    """Seconds that a Retry-After header asks for."""
    written = str(headers.get("Retry-After", "")).strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
