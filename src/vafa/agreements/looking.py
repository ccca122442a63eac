"""Asking one of the shop's own pages whether it is there.

Only addresses whose scheme, host and port the installation itself is reached by, or that who runs the machine has
named in `VAFA_PROBE_ADDRESSES`: an owner in the browser can make the server ask nothing else, also not by a redirect.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings

MOST_REDIRECTS = 3
MOST_BYTES = 256 * 1024
PORTS = {"http": 80, "https": 443}
AGENT = "Vafa-uptime/1 (the shop asks its own page)"

UP, ERROR, NO_ANSWER, SLOW, ELSEWHERE = "up", "error", "no_answer", "slow", "elsewhere"


@dataclass(frozen=True)
class Look:
    """`result`: up, error (answered with 400 or more), no_answer, slow (longer than allowed), elsewhere (led away)."""

    result: str
    milliseconds: int


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, always written out; "" for what is no plain web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port or PORTS[parts.scheme]}"


def allowed_origins() -> list[str]:
    """What may be asked."""
    return [origin_of(each) for each in (settings.PUBLIC_URL, *settings.PROBE_ADDRESSES)]


def is_allowed(url: str) -> bool:
    """Whether the address is one of the shop's own."""
    origin = origin_of(url)
    return bool(origin) and origin in allowed_origins()


def look_at(url: str, timeout_seconds: float) -> Look:
    """Ask once. The whole of it, redirects among it, may take `timeout_seconds`; of the body 256 kB are read."""
    begun = monotonic()
    deadline = begun + timeout_seconds
    try:
        result = _ask(url, deadline)
    except httpx.TimeoutException:
        result = SLOW
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        result = NO_ANSWER
    if result == UP and monotonic() > deadline:
        result = SLOW
    return Look(result, round((monotonic() - begun) * 1000))


def _ask(url: str, deadline: float) -> str:
    # No proxies of the environment: the page is asked as it is.
    with httpx.Client(trust_env=False, follow_redirects=False, headers={"user-agent": AGENT}) as client:
        for _hop in range(MOST_REDIRECTS + 1):
            if not is_allowed(url):
                return ELSEWHERE
            left = deadline - monotonic()
            if left <= 0:
                return SLOW
            with client.stream("GET", url, timeout=left) as answer:
                if answer.has_redirect_location:
                    url = urljoin(url, answer.headers["location"])
                    continue
                return _read(answer, deadline)
    return ELSEWHERE


def _read(answer: httpx.Response, deadline: float) -> str:
    if answer.status_code >= httpx.codes.BAD_REQUEST:
        return ERROR
    count = 0
    for part in answer.iter_raw():
        count += len(part)
        if count >= MOST_BYTES:
            break
        if monotonic() > deadline:
            return SLOW
    return UP
