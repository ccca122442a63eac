"""Messengers and SMS through the plug-ins of the apprise library, each by the `address` of its `gateway.toml`.

A plug-in says only whether it went well; what it writes to its log meanwhile tells the rest. Those lines hold addresses
and credentials, so they are read here and never leave.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Mapping
from urllib.parse import quote

import apprise

from vafa.messages.adapters.outcome import TIMEOUT, Outcome, Outgoing
from vafa.messages.catalogue import GatewayKind
from vafa.messages.models import Result

PLACE = re.compile(r"\{(\w+)\}")
STATUS = re.compile(r"error=(\d{3})")
NEVER_CONNECTED = re.compile(
    r"NewConnectionError|ConnectTimeout|NameResolutionError|Connection refused|Failed to establish|getaddrinfo"
)
NO_ANSWER = re.compile(r"Socket Exception|Read timed out|Connection aborted")
BY_STATUS = {401: Result.CREDENTIAL, 403: Result.CREDENTIAL, 404: Result.CREDENTIAL, 429: Result.TEMPORARY}
BY_STATUS |= {500: Result.TEMPORARY, 503: Result.TEMPORARY, 502: Result.UNCERTAIN, 504: Result.UNCERTAIN}

_log = logging.getLogger("apprise")
_log.propagate = False
_log.setLevel(logging.DEBUG)


class _Lines(logging.Handler):
    """The lines that this thread's plug-in writes."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.thread = threading.get_ident()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.lines.append(record.getMessage())


def deliver(kind: GatewayKind, settings: Mapping[str, str], outgoing: Outgoing) -> Outcome:
    """One call of one plug-in."""
    values = {**settings, "to": outgoing.address, "to_digits": outgoing.address.lstrip("+")}
    address = PLACE.sub(lambda found: quote(values.get(found[1], ""), safe=""), kind.described["address"])
    joined = "&" if "?" in address else "?"
    plugin = apprise.Apprise.instantiate(
        f"{address}{joined}cto={TIMEOUT}&rto={TIMEOUT}&overflow=split&format=text", suppress_exceptions=True
    )
    if plugin is None:
        return Outcome(Result.CREDENTIAL, "The settings of this gateway cannot be used.")
    heard = _Lines()
    _log.addHandler(heard)
    try:
        sent = plugin.notify(body=outgoing.letter.text, title="")
    finally:
        _log.removeHandler(heard)
    return Outcome(Result.SENT) if sent else _failure(kind, heard.lines)


def _failure(kind: GatewayKind, lines: list[str]) -> Outcome:
    said = "\n".join(lines)
    status = STATUS.search(said)
    if status:
        code = int(status[1])
        if code in kind.described.get("nobody_status", ()):
            return Outcome(Result.REFUSED, f"{code}", nobody_there=True)
        return Outcome(BY_STATUS.get(code, Result.REFUSED), f"{code}")
    if NEVER_CONNECTED.search(said):
        return Outcome(Result.TEMPORARY, "No connection.")
    if NO_ANSWER.search(said):
        return Outcome(Result.UNCERTAIN, "No answer.")
    return Outcome(Result.REFUSED, "Refused without a reason.")
