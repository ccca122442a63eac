"""Asking carriers that do not tell by themselves: one protocol, and what speaks it.

An `Ask` gets tracking numbers and gives an `Answer`: raw bodies, each of which goes through the inbox like a webhook.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Ask = Callable[[Sequence[str]], "Answer"]


@dataclass
class Answer:
    """What a carrier answered: `bodies` by tracking number, `unknown` numbers it has never heard of.

    `problem`: one sentence where it could not be asked at all; `wait`: seconds it wants to be left alone, 0 where it
    does not say.
    """

    bodies: dict[str, bytes] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    problem: str = ""
    wait: int = 0
