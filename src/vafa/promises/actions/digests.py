"""What evidence may hold of a text that names a person."""

from __future__ import annotations

from vafa.kit.signing import salted_digest
from vafa.promises.keys import digest_key


def digest_reference(purpose: str, text: str) -> str:
    """A stand-in for `text` (a phone number, an address, a signature's name) in evidence or in `party_ref`.

    It can be compared, not read: the same text for the same `purpose` ("phone") gives the same 76 characters in this
    shop and others in every other. The secret is made at the first use and lies with the keys, in the backup too.
    """
    return salted_digest(digest_key(), purpose, text)
