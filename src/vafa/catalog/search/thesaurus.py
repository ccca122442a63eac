"""Words that mean the same, found in what somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vafa.engine.terms import words_of

Phrase = tuple[str, ...]  # folded words that follow each other


@dataclass(frozen=True, slots=True)
class Meant:
    """Words of a question that follow each other, and what else may be written for them; nothing for most."""

    phrase: Phrase
    others: tuple[Phrase, ...] = ()


class Thesaurus:
    """Groups of words and phrases; of two that begin alike the longer one is meant."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._others: dict[Phrase, tuple[Phrase, ...]] = {}
        for group in groups:
            phrases = list(dict.fromkeys(tuple(words_of(word)) for word in group))
            for phrase in phrases:
                self._others[phrase] = tuple(other for other in phrases if other != phrase)
        self._longest = max(map(len, self._others), default=0)

    def read(self, words: Sequence[str]) -> list[Meant]:
        """The question, phrase by phrase, in its order; every word is in exactly one of them."""
        found: list[Meant] = []
        at = 0
        while at < len(words):
            phrase = self._at(words, at)
            found.append(Meant(phrase, self._others.get(phrase, ())))
            at += len(phrase)
        return found

    def _at(self, words: Sequence[str], at: int) -> Phrase:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + length])
            if phrase in self._others:
                return phrase
        return (words[at],)


NOTHING = Thesaurus()
