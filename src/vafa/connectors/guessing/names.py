"""How well a heading's name fits a field."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from vafa.engine.folding import fold

FILE = Path(__file__).with_name("names.toml")


def plain(heading: str) -> str:
    """The heading without underscores, brackets and a language's small differences."""
    return " ".join(re.sub(r"[_\-./:()\[\]#]+", " ", fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading))).split())


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    names = {field: [plain(name) for name in words] for field, words in data["names"].items()}
    return names, {field: tuple(map(plain, words)) for field, words in data["unlike"].items()}


def name_score(field: str, heading: str) -> float:
    """0 to 1: one of the field's names is as good as certain, all words of one of them are likely."""
    names, unlike = _known()
    wanted = plain(heading)
    words = set(wanted.split())
    if any(word.startswith(unlike.get(field, ())) for word in words):
        return 0.0
    score = 0.0
    for place, name in enumerate(names[field]):
        if wanted == name:
            return 0.97 - 0.01 * min(place, 9)
        if set(name.split()) <= words:
            score = max(score, (0.8 if " " in name else 0.55) - 0.05 * (len(words) - len(name.split())))
    return max(score, 0.0)
