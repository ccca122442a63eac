"""Private keys as files in the data folder (`keys/`), readable by its owner only."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.kit.signing import key_id, new_private_key, public_key_of


def new_key() -> bytes:
    """Make a key, keep its private part, return the 32 bytes of its public part."""
    private = new_private_key()
    public = public_key_of(private)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / key_id(public), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(private.hex())
        file.flush()
        os.fsync(file.fileno())
    return public


def sign_with(name: str, message: bytes) -> bytes:
    """The signature of the key of that id; Problem `key-missing` where its private part is not in the data folder."""
    return _private(str(settings.HOME), name).sign(message)


def _folder() -> Path:
    return Path(settings.HOME) / "keys"


@lru_cache(maxsize=8)
def _private(_home: str, name: str) -> Ed25519PrivateKey:
    """Remembered by data folder and name: to put the path together costs as much as to sign."""
    path = _folder() / name
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii")))
    except (OSError, ValueError):
        raise Problem(
            "key-missing",
            _(
                "The private part of the signing key is not in the data folder. "
                "Restore the folder “keys” from the backup, or run: vafa receipt rotate-key"
            ),
            status=409,
        ) from None
