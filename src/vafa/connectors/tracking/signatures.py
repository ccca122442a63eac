"""Whether a message comes from who knows the secret: HMAC over the raw bytes, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from vafa.connectors.tracking.form import Signature

NO_SIGNATURE, WRONG, TOO_OLD = "no-signature", "wrong-signature", "too-old"


def refusal(signature: Signature, secrets: Sequence[str], headers: Mapping[str, str], body: bytes, at: datetime) -> str:
    """Why the message is refused, "" where it is genuine. `at` is real time; several secrets while one is replaced."""
    given = headers.get(signature.header, "")
    if not given:
        return NO_SIGNATURE
    signed, fault = _signed_bytes(signature, headers, body, at)
    if fault:
        return fault
    offered = [word.strip().removeprefix(signature.prefix) for word in given.split(",")]
    # every secret against every signature, whatever the first comparison said: nothing is learned from the time
    matches = [
        hmac.compare_digest(sign(signature, secret, signed).encode(), word.encode("utf-8", "replace"))
        for secret in secrets
        for word in offered[:4]
    ]
    return "" if any(matches) else WRONG


def sign(signature: Signature, secret: str, signed: bytes) -> str:
    """The signature over these bytes, without its prefix."""
    key = unicodedata.normalize("NFKD", secret) if signature.normalise else secret
    digest = hmac.new(key.encode("utf-8"), signed, hashlib.sha256)
    return digest.hexdigest() if signature.encoding == "hex" else base64.b64encode(digest.digest()).decode("ascii")


def _signed_bytes(signature: Signature, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[bytes, str]:
    if not signature.timestamp:
        return body, ""
    written = headers.get(signature.timestamp, "")
    if not written.isascii() or not written.isdigit() or len(written) > 11:
        return b"", NO_SIGNATURE
    age = abs((at - datetime.fromtimestamp(int(written), UTC)).total_seconds())
    return f"{written}.".encode() + body, TOO_OLD if age > signature.window else ""
