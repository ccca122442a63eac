"""What the rooms know of a person, each told and forgotten by the room itself. `config.personal` lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """What one room knows. `tables` are the labels of its tables that hold it ("orders.Recipient").

    `told(ref)` gives it as plain JSON values. `forget(ref, kept)` erases all that need not stay, and returns how many
    rows; `kept` are numbers of orders under way, whose recipients and contact must stay for now. `stays` says in one
    English sentence what stays and why, for the export's own notes.
    """

    name: str
    tables: frozenset[str]
    told: Callable[[str], Any]
    forget: Callable[[str, Sequence[str]], int]
    stays: str = ""


_parts: list[Part] = []


def register_parts(parts: Sequence[Part]) -> None:
    """Make all of them known, in the order in which they are told and forgotten."""
    _parts[:] = parts


def parts() -> list[Part]:
    return list(_parts)
