"""Signatures: Ed25519 over canonical JSON for what others keep, and signed expiring words for links of our own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from datetime import timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing

from vafa.kit.clock import real_now

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical_json(value: object) -> bytes:
    """The one way to write `value`: sorted keys, UTF-8, NFC, no spaces.

    TypeError for what has several spellings: floats (write them as text), sets, dates, keys that are not text.
    """
    return _CANONICAL.encode(_normal(value)).encode("utf-8")


def _normal(value: object) -> Json:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_normal(each) for each in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        normal = {unicodedata.normalize("NFC", key): _normal(each) for key, each in value.items()}
        if len(normal) == len(value):
            return normal
    raise TypeError(f"{type(value).__name__} has no canonical form")


def new_private_key() -> bytes:
    """A fresh Ed25519 key, 32 raw bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """The 32 raw bytes that may be published."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def key_id(public_key: bytes) -> str:
    """A short name of a key: the first 32 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:32]


def sign(private_key: bytes, message: bytes) -> bytes:
    """The 64 bytes of the signature."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(message)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is by that key over exactly these bytes. Malformed keys and signatures are simply wrong."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal_word(purpose: str, value: dict[str, Json], lifetime: timedelta) -> str:
    """A word for a link of ours that carries `value` until `lifetime` is over (real time); unforgeable, not secret."""
    expires = int((real_now() + lifetime).timestamp())
    return signing.dumps({"value": value, "expires": expires}, salt=f"vafa.{purpose}")


def open_word(purpose: str, word: str) -> dict[str, Json] | None:
    """What `seal_word` was given for the same purpose; None when forged, cut short, of another purpose or too old."""
    try:
        held = signing.loads(word, salt=f"vafa.{purpose}")
    except signing.BadSignature:
        return None
    if real_now().timestamp() >= held["expires"]:
        return None
    return dict(held["value"])


def lock_away(purpose: str, text: str) -> str:
    """`text` encrypted for keeping in the database (Fernet under a key derived from the secret key by HKDF-SHA256)."""
    return _safe(purpose).encrypt(text.encode("utf-8")).decode("ascii")


def unlock(purpose: str, locked: str) -> str | None:
    """What `lock_away` was given for the same purpose; None when the secret key is another or the text was changed."""
    try:
        return _safe(purpose).decrypt(locked.encode("utf-8")).decode("utf-8")
    except InvalidToken:
        return None


def stand_in(purpose: str, text: str) -> str:
    """What may be kept of `text` in its stead, 64 hex digits: the same for the same text and purpose, under this secret
    key only. Without the key nobody finds the text by trying all of them, as under a plain hash of phone numbers.
    """
    return hmac.new(_derived(purpose), text.encode("utf-8"), hashlib.sha256).hexdigest()


def _safe(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(purpose)))


def _derived(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from the secret key by HKDF-SHA256."""
    derivation = HKDF(hashes.SHA256(), length=32, salt=None, info=f"vafa.{purpose}".encode())
    return derivation.derive(settings.SECRET_KEY.encode("utf-8"))
