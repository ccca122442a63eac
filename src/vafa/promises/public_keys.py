"""Public keys as files: the published list, one key as PEM, or one as 64 hex digits."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.kit.signing import key_id
from vafa.promises.events import stamp
from vafa.promises.models import SigningKey


def published(keys: Iterable[SigningKey]) -> dict[str, Any]:
    """What `/.well-known/vafa-keys.json` says."""
    return {
        "keys": [
            {
                "key": key.key_id,
                "algorithm": "Ed25519",
                "public_key": bytes(key.public_key).hex(),
                "pem": as_pem(bytes(key.public_key)),
                "created_at": stamp(key.created_at),
                "retired_at": stamp(key.retired_at) if key.retired_at else None,
            }
            for key in keys
        ]
    }


def as_pem(public_key: bytes) -> str:
    """The form that other tools read, `openssl` for one."""
    loaded = Ed25519PublicKey.from_public_bytes(public_key)
    return loaded.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def read_keys(text: str) -> dict[str, bytes]:
    """Public keys by their id from any of the three forms; Problem `bad-key-file`."""
    try:
        found = _read(text.strip())
    except (ValueError, KeyError, TypeError, AttributeError, UnsupportedAlgorithm, RecursionError):
        found = []
    if not found or any(len(key) != 32 for key in found):
        raise Problem("bad-key-file", _("This file holds no Ed25519 public key (PEM, hex, or the published list)."))
    return {key_id(key): key for key in found}


def _read(text: str) -> list[bytes]:
    if text.startswith("{"):
        return [bytes.fromhex(key["public_key"]) for key in json.loads(text)["keys"]]
    if text.startswith("-----BEGIN"):
        loaded = load_pem_public_key(text.encode())
        return [loaded.public_bytes_raw()] if isinstance(loaded, Ed25519PublicKey) else []
    return [bytes.fromhex(text)]
