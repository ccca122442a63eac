"""What the ledger keeps of a notice: references, and a digest of what was said, never the words themselves."""

from __future__ import annotations

import hashlib
from typing import Any

from vafa.delivery.models import Notice
from vafa.kit.signing import canonical_json


def words_of(notice: Notice) -> dict[str, str]:
    """The staff's own words in it by language: its own, else those for all notices of its alert."""
    return notice.words or (notice.slip.words if notice.slip else {})


def evidence_of(notice: Notice) -> dict[str, str]:
    """Of a notice that was sent: which, by whom, by which way, what chance was seen, which day and words were said.

    `said` is the SHA-256 of the canonical JSON of {reason, words}, each {language: text}: whoever holds the message
    or the shop's record of the call can show that this is what was said.
    """
    said: dict[str, Any] = {"reason": notice.reason.get("told", {}), "words": words_of(notice)}
    found = {
        "notice": str(notice.public_id),
        "number": str(notice.number),
        "by": notice.sent_by,
        "way": "message" if notice.message_key else "phone",
        "said": hashlib.sha256(canonical_json(said)).hexdigest(),
    }
    if notice.message_key:
        found["message"] = notice.message_key
    if notice.new_on is not None:
        found["new_on"] = notice.new_on.isoformat()
    if notice.probability is not None:
        found["probability"] = f"{notice.probability:.6f}"  # as text, as everywhere in the ledger
    return found


def answer_evidence(notice: Notice, choice: str, chosen: dict[str, Any]) -> dict[str, str]:
    """Of the customer's answer: to which notice, what he chose, and the day and the delivery where there is one."""
    return {"notice": str(notice.public_id), "by": "customer", "choice": choice, **chosen}
