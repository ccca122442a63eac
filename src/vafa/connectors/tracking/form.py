"""A carrier's folder: where in its messages and files which fact stands, and what its words mean.

One folder a carrier, `connectors/carriers/NAME/carrier.toml`; docs/develop/tracking.md tells how to add one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from vafa.engine.folding import fold
from vafa.engine.parcel_state import REASONS, Status
from vafa.kit.problems import Problem

FOLDER = Path(__file__).resolve().parent.parent / "carriers"
FACTS = frozenset({"tracking_number", "order", "carrier", "status", "reason", "code", "at", "date", "time", "place"})
ENCODINGS = frozenset({"hex", "base64"})


@dataclass(frozen=True)
class Meaning:
    """What a carrier's word means in the one vocabulary."""

    status: Status
    reason: str = ""


@dataclass(frozen=True)
class Signature:
    """An HMAC-SHA256 over the raw body, in a header. With `timestamp` (a header too) over "timestamp.body", and only
    within `window` seconds of now. `normalise`: the secret's characters are decomposed (NFKD) before they are a key."""

    header: str
    encoding: str = "hex"
    prefix: str = ""
    timestamp: str = ""
    window: int = 300
    normalise: bool = False


@dataclass(frozen=True)
class About:
    """Which of a sender's messages are about parcels: those whose word at `path` begins so. A message without that word
    is one too; what it lacks is then said."""

    path: str
    begins: str


@dataclass(frozen=True)
class Number:
    """What its tracking numbers look like in capitals without blanks (a regular expression), and one to show people."""

    pattern: str
    sample: str


@dataclass(frozen=True)
class Form:
    """How to read one carrier. `fields` are paths into JSON, tried in turn, from the event or (with "/") from the whole
    body; `columns` are headings of files. Words are folded before they are looked up."""

    code: str
    names: dict[str, str]
    aliases: tuple[str, ...] = ()  # other names of it that stand on parcels
    zone: str = ""
    number: Number | None = None
    signature: Signature | None = None
    about: About | None = None
    events: str = ""
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    statuses: dict[str, Meaning] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def has_webhook(self) -> bool:
        return self.signature is not None

    @property
    def has_files(self) -> bool:
        return bool(self.columns)

    def name(self, language: str) -> str:
        """The carrier's name in the reader's language."""
        return self.names.get(language.split("-")[0]) or self.names["en"]

    def meaning(self, words: list[str]) -> Meaning | None:
        """What the first word that is known means."""
        for word in words:
            if found := self.statuses.get(fold(word)):
                return found
        return None


@lru_cache(maxsize=1)
def forms() -> Mapping[str, Form]:
    """Every carrier's folder by its name."""
    return {path.parent.name: _read(path) for path in sorted(FOLDER.glob("*/carrier.toml"))}


def the_form(code: str) -> Form:
    """The folder of that name; Problem `unknown-carrier` where there is none."""
    found = forms().get(code)
    if found is None:
        known = ", ".join(forms())
        raise Problem("unknown-carrier", f"There is no carrier folder “{code}”. There are: {known}.", field="form")
    return found


def _read(path: Path) -> Form:
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return _form(path.parent.name, said)
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{path}: {wrong}") from wrong


def _form(code: str, said: dict[str, Any]) -> Form:
    signature = said.get("signature")
    return Form(
        code=code,
        names={"en": said["name"]["en"], **said["name"]},
        aliases=tuple(said.get("aliases", ())),
        zone=said.get("zone", ""),
        number=Number(**said["number"]) if "number" in said else None,
        signature=_signature(signature) if signature else None,
        about=About(**said["about"]) if "about" in said else None,
        events=said.get("events", ""),
        fields=_facts(said.get("fields", {})),
        columns={name: tuple(map(fold, words)) for name, words in _facts(said.get("columns", {})).items()},
        statuses={fold(word): _meaning(meant) for word, meant in said["statuses"].items()},
        reasons={fold(word): _reason(meant) for word, meant in said.get("reasons", {}).items()},
    )


def _facts(said: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    if unknown := said.keys() - FACTS:
        raise ValueError(f"{min(unknown)!r} is no fact of a tracking event")
    return {name: (where,) if isinstance(where, str) else tuple(where) for name, where in said.items()}


def _signature(said: dict[str, Any]) -> Signature:
    signature = Signature(**said)
    if signature.encoding not in ENCODINGS:
        raise ValueError(f"a signature is written as {' or '.join(sorted(ENCODINGS))}")
    return signature


def _meaning(meant: str | dict[str, str]) -> Meaning:
    if isinstance(meant, str):
        return Meaning(Status(meant))
    return Meaning(Status(meant["status"]), _reason(meant.get("reason", "")))


def _reason(meant: str) -> str:
    if meant and meant not in REASONS:
        raise ValueError(f"{meant!r} is no reason")
    return meant
