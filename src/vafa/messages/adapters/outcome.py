"""What goes to a gateway, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from vafa.messages.letters import Letter
from vafa.messages.models import Result

TIMEOUT = 10.0  # seconds, for connecting and for each answer: well within the lease of a job


@dataclass(frozen=True)
class Outgoing:
    """One letter for one address. `token` is the same for every try of the same message, 32 hex digits.

    `pattern`: code and parameters of the text that the gateway has approved beforehand, where the owner named one.
    `leave`: the address for one-click unsubscribing, for offers.
    """

    letter: Letter
    address: str
    token: str
    shop: str = ""
    leave: str = ""
    pattern: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """SENT: the gateway has it. TEMPORARY: it certainly has not, try later or elsewhere. REFUSED: it never will.
    CREDENTIAL: it does not know us. UNCERTAIN: it may have it.

    `sentence` holds the gateway's own words; `nobody_there` says that the address itself is wrong.
    """

    result: Result
    sentence: str = ""
    outside_id: str = ""
    nobody_there: bool = False

    def without(self, words: Iterable[str]) -> Outcome:
        """The same with these words blotted out of the sentence, which is cut to what is kept."""
        sentence = self.sentence
        for word in words:
            if len(word) > 3:
                sentence = sentence.replace(word, "…")
        return replace(self, sentence=" ".join(sentence.split())[:300], outside_id=self.outside_id[:200])
