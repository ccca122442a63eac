"""The gateways that can be set up: one folder each in `gateways/`, described by its `gateway.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDERS = [Path(__file__).resolve().parent / "gateways"]


@dataclass(frozen=True)
class Setting:
    """One thing the owner fills in. `secret`: stored encrypted, never shown again."""

    name: str
    labels: Mapping[str, str]
    secret: bool = False
    required: bool = True
    initial: str = ""
    choices: tuple[str, ...] = ()


# Every HTTP gateway may be reached by another address: a relay of the shop's own, where the gateway's is closed to it.
RELAY = Setting(
    "host",
    {"fa": "نشانی دیگر درگاه (رله)", "ar": "عنوان آخر للبوابة (مُرحِّل)", "en": "Another address of the gateway (relay)"},
    required=False,
)


@dataclass(frozen=True)
class GatewayKind:
    """One kind of gateway. `adapter` names the module that speaks to it, `described` is the rest of its file.

    `idempotent`: it refuses, by our key, to send the same message twice; then a doubtful try may be repeated. `notes`:
    what the owner should know before he sets it up.
    """

    name: str
    channel: str
    adapter: str
    labels: Mapping[str, str]
    settings: tuple[Setting, ...]
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)
    idempotent: bool = False
    described: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    def label(self, language: str) -> str:
        """The name in `language`, else in English."""
        return self.labels.get(language.split("-")[0]) or self.labels["en"]

    @property
    def has_patterns(self) -> bool:
        """Whether messages can be sent by a text that the gateway has approved beforehand."""
        return "pattern" in self.described


def read_kind(folder: Path) -> GatewayKind:
    """The gateway of one folder. KeyError, TypeError or ValueError where its file is wrong."""
    described: dict[str, Any] = tomllib.loads((folder / "gateway.toml").read_text(encoding="utf-8"))
    settings = tuple(
        Setting(**{**each, "choices": tuple(each.get("choices", ()))}) for each in described.get("settings", ())
    )
    if described["adapter"] == "http" and "{" not in described["host"]:
        settings += (RELAY,)
    return GatewayKind(
        name=folder.name,
        channel=described["channel"],
        adapter=described["adapter"],
        labels=described["labels"],
        settings=settings,
        notes=described.get("notes", {}),
        idempotent=described.get("idempotent", False),
        described=described,
    )


@lru_cache
def gateway_kinds() -> Mapping[str, GatewayKind]:
    """Every kind by name, mail first."""
    kinds = [read_kind(file.parent) for folder in FOLDERS for file in sorted(folder.glob("*/gateway.toml"))]
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: (kind.name != "smtp", kind.channel, kind.name))}
