"""The token with which Torob shows that it is Torob: a JWT by its Ed25519 key, for this host, for a short time."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode

from vafa.kit.signing import verify

LEEWAY = 60  # seconds that two clocks may differ
ALGORITHM = "EdDSA"


def is_torobs(token: str, key: bytes, *, host: str, now: float) -> bool:
    """Whether the token is signed by the key, made for this host, and good at `now` (seconds since 1970)."""
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        return False
    try:
        header, claims, signature = json.loads(_plain(parts[0])), json.loads(_plain(parts[1])), _plain(parts[2])
    except (binascii.Error, ValueError, RecursionError):
        return False
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("alg") != ALGORITHM:
        return False
    audience, ends, begins = claims.get("aud"), claims.get("exp"), claims.get("nbf", 0)
    if host not in (audience if isinstance(audience, list) else [audience]):
        return False
    if not isinstance(ends, int | float) or not isinstance(begins, int | float):
        return False
    return begins - LEEWAY <= now < ends + LEEWAY and verify(key, f"{parts[0]}.{parts[1]}".encode(), signature)


def _plain(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
