"""What a receipt and a proof say, byte for byte, and how anyone checks them. Pure: reads no table, trusts no ledger.

A receipt file is JSON: `receipt` (the statement), `signature` (hex, Ed25519 over the canonical JSON of the statement).
A proof file is JSON: one event, its way up the Merkle tree, and the seal whose root it must reach.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from vafa.engine import merkle
from vafa.kit.problems import Problem, Text
from vafa.kit.signing import canonical_json, verify
from vafa.promises.events import stamp, written
from vafa.promises.models import Promise, Receipt, Seal

RECEIPT, PROOF, SEAL = "vafa-receipt/1", "vafa-proof/1", "vafa-seal/1"
LARGEST = 100_000  # characters of a file that is shown to us


def statement(promise: Promise, *, shop: str, key_id: str, issued_at: datetime) -> bytes:
    """The canonical bytes that are signed. No personal data: the subject is the shop's own number."""
    return canonical_json(
        {
            "format": RECEIPT,
            "promise": str(promise.public_id),
            "shop": shop,
            "kind": promise.kind,
            "direction": promise.direction,
            "subject": f"{promise.subject_type}:{promise.subject_ref}",
            "text": promise.text,
            "made_at": stamp(promise.made_at),
            "due_on": promise.due_on.isoformat(),
            "due_at": stamp(promise.due_at),
            "zone": promise.zone,
            "probability": written(promise.probability),
            "guarantee": promise.guarantee_version,
            "issued_at": stamp(issued_at),
            "afterwards": promise.origin == "import",
            "key": key_id,
        }
    )


def receipt_file(receipt: Receipt) -> dict[str, Any]:
    """The file a customer keeps."""
    return {"receipt": json.loads(receipt.body), "signature": bytes(receipt.signature).hex()}


@dataclass(frozen=True)
class Summary:
    """What a genuine receipt says."""

    shop: str
    order: str  # "" where it is about something else, which its words then name
    due_on: date
    made_at: datetime
    text: dict[str, str]
    afterwards: bool


@dataclass(frozen=True)
class Checked:
    """The verdict on a file that was shown. `says` is what it states, whether or not that is true."""

    format: str
    genuine: bool
    reason: Text
    says: dict[str, Any]
    promise: str

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Every field as it stands in the file."""
        return [
            (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for name, value in self.says.items()
        ]

    @property
    def summary(self) -> Summary | None:
        """A genuine receipt in types that can be written for people; None for everything else."""
        if not self.genuine or self.format != RECEIPT:
            return None
        about, _colon, number = self.says["subject"].partition(":")
        return Summary(
            shop=self.says["shop"],
            order=number if about == "order" else "",
            due_on=date.fromisoformat(self.says["due_on"]),
            made_at=datetime.fromisoformat(self.says["made_at"]),
            text=self.says["text"],
            afterwards=self.says["afterwards"],
        )


def read_file(text: str) -> dict[str, Any]:
    """The JSON object in `text`, also after the mark Windows' editors write; Problem `bad-receipt` for all else."""
    try:
        held = json.loads(text.removeprefix("\ufeff")) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        raise _unreadable()
    return held


def check_file(held: dict[str, Any], public_keys: Mapping[str, bytes], digests: Sequence[str] = ()) -> Checked:
    """Check a receipt against `public_keys` (by key id).

    A proof's seal must carry a signature by one of them, or its digest be among `digests`, those of published seals.
    """
    if held.get("format") == PROOF:
        return _check_proof(held, public_keys, digests)
    return _check_receipt(held, public_keys)


def _check_receipt(held: dict[str, Any], public_keys: Mapping[str, bytes]) -> Checked:
    says = held.get("receipt")
    if not isinstance(says, dict) or not all(isinstance(says.get(name), str) for name in ("format", "promise", "key")):
        raise _unreadable()
    try:
        message, signature = canonical_json(says), bytes.fromhex(str(held.get("signature")))
    except (TypeError, ValueError, RecursionError):
        raise _unreadable() from None
    key = public_keys.get(says["key"])
    if says["format"] != RECEIPT:
        genuine, reason = False, _("This receipt has a format that is not known here.")
    elif key is None:
        genuine, reason = False, _("It was signed with a key that this shop has not published.")
    elif verify(key, message, signature):
        genuine, reason = True, _("The signature is the shop's, and not one letter was changed.")
    else:
        genuine, reason = False, _("The signature does not fit: the receipt was changed, or the shop never signed it.")
    return Checked(RECEIPT, genuine, reason, says, says["promise"])


def agrees(checked: Checked, promise: Promise) -> bool:
    """Whether the ledger still says of the promise what the receipt (or the sealed entry of its making) says."""
    says = checked.says if checked.format == RECEIPT else checked.says.get("evidence", {})
    if checked.format == PROOF and checked.says.get("step") != 0:
        return True
    ledger = {
        "due_on": promise.due_on.isoformat(),
        "due_at": stamp(promise.due_at),
        "zone": promise.zone,
        "probability": written(promise.probability),
    }
    return isinstance(says, dict) and all(says.get(name) == value for name, value in ledger.items())


def seal_fields(seal: Seal) -> dict[str, Any]:
    """What is published of a seal, with its digest and, where it is signed, its signature and the key's id."""
    signed = {"key": seal.key_id, "signature": bytes(seal.signature).hex()} if seal.signature else {}
    return {
        **signed,
        "format": SEAL,
        "number": seal.number,
        "day": seal.day.isoformat(),
        "count": seal.count,
        "root": seal.root,
        "previous": seal.previous,
        "digest": seal.digest,
    }


def digest_of(fields: Mapping[str, Any]) -> str:
    """The digest of a seal from its published fields, hex SHA-256."""
    return hashlib.sha256(covered_bytes(fields)).hexdigest()


def covered_bytes(fields: Mapping[str, Any]) -> bytes:
    """What digest and signature of a seal are over: the canonical JSON of all its fields but these themselves."""
    return canonical_json({name: value for name, value in fields.items() if name not in {"digest", "key", "signature"}})


def is_signed(fields: Mapping[str, Any], public_keys: Mapping[str, bytes]) -> bool:
    """Whether a seal's published fields carry a signature by one of the keys (by key id)."""
    key = public_keys.get(str(fields.get("key")))
    try:
        return key is not None and verify(key, covered_bytes(fields), bytes.fromhex(str(fields.get("signature"))))
    except ValueError:
        return False


def proof_file(event: bytes, leaves: Sequence[bytes], index: int, seal: Seal) -> dict[str, Any]:
    """The file that proves that `event` (canonical bytes, leaf `index`) is covered by `seal`."""
    shown = merkle.proof(leaves, index)
    return {
        "format": PROOF,
        "event": json.loads(event),
        "index": shown.index,
        "path": [beside.hex() for beside in shown.path],
        "seal": seal_fields(seal),
    }


def _check_proof(held: dict[str, Any], public_keys: Mapping[str, bytes], digests: Sequence[str]) -> Checked:
    event, seal = held.get("event"), held.get("seal")
    if not isinstance(event, dict) or not isinstance(seal, dict) or not isinstance(event.get("promise"), str):
        raise _unreadable()
    try:
        path = tuple(bytes.fromhex(beside) for beside in held["path"])
        shown = merkle.Proof(int(held["index"]), int(seal["count"]), path)
        reaches = merkle.verify(canonical_json(event), shown, bytes.fromhex(seal["root"]))
        sealed = digest_of(seal) == seal["digest"]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise _unreadable() from None
    if not (reaches and sealed):
        genuine, reason = False, _("The entry is not covered by this seal: it was changed, or it was never sealed.")
    elif is_signed(seal, public_keys):
        genuine, reason = True, _("The entry is covered by a seal that the shop has signed.")
    elif seal["digest"] not in digests or "signature" in seal:
        genuine, reason = False, _("This seal is neither signed by the shop nor among those that it has published.")
    else:
        genuine, reason = True, _("The entry is covered by a seal that the shop has published.")
    return Checked(PROOF, genuine, reason, event, event["promise"])


def _unreadable() -> Problem:
    return Problem("bad-receipt", _("This is not a receipt of Vafa: the file is damaged or of another kind."))
