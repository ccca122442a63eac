"""Whether a new count of pieces or a new line of a data sheet looks like a mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vafa.engine.folding import fold
from vafa.engine.price_guard import Doubt

NUMBER = re.compile(r"\d+(?:[.,٫/]\d+)?")
TENS = (10.0, 100.0, 1000.0, 10_000.0)


@dataclass(frozen=True, slots=True)
class StockRules:
    """When a count is doubted: `most_times` what was there and at least `least_jump` pieces more; nothing any more of
    an article of which at least `many` pieces were there, or of which `bestseller` pieces were taken by orders.
    """

    most_times: float = 10.0
    least_jump: int = 50
    many: int = 10
    bestseller: int = 20


RULES = StockRules()


def doubts_about_stock(new: int, old: int, *, taken: int = 0, rules: StockRules = RULES) -> list[Doubt]:
    """Why a person should look at the count `new` before it holds; `taken`: pieces that orders took so far.

    Codes: `stock-below-nothing`, `stock-jump` (`times`), `stock-gone` (`before`), `stock-bestseller-gone` (`taken`).
    """
    if new < 0:
        return [Doubt("stock-below-nothing")]
    if old > 0 and new >= rules.most_times * old and new - old >= rules.least_jump:
        return [Doubt("stock-jump", {"times": round(new / old, 1), "before": old})]
    if new == 0 and old > 0 and taken >= rules.bestseller:
        return [Doubt("stock-bestseller-gone", {"taken": taken, "before": old})]
    if new == 0 and old >= rules.many:
        return [Doubt("stock-gone", {"before": old})]
    return []


Value = str | Mapping[str, str]


def doubts_about_sheet(new: Mapping[str, Value], old: Mapping[str, Value]) -> list[Doubt]:
    """Why a person should look at a data sheet before it is public; values by the codes of their lines.

    Codes, each with `line`: `line-emptied`, `line-number-slip` (a number that is ten, a hundred … times the one before,
    or a tenth …), `line-unit-slip` (the same number with another word behind it).
    """
    found = []
    for line, before in old.items():
        if not any(_texts(before)):
            continue
        now = new.get(line, "")
        if not any(_texts(now)):
            found.append(Doubt("line-emptied", {"line": line}))
        else:
            found += _slips(line, _plainest(now), _plainest(before))
    return found


def _slips(line: str, new: str, old: str) -> list[Doubt]:
    numbers_now, numbers_before = _numbers(new), _numbers(old)
    if not numbers_before or len(numbers_now) != len(numbers_before):
        return []
    if numbers_now == numbers_before:
        words_now, words_before = NUMBER.sub("", fold(new)).split(), NUMBER.sub("", fold(old)).split()
        are_units = words_now and words_before and len(words_now) == len(words_before) == len(numbers_now)
        return [Doubt("line-unit-slip", {"line": line})] if are_units and words_now != words_before else []
    for now, before in zip(numbers_now, numbers_before, strict=True):
        if now and before and any(abs(max(now, before) / min(now, before) / ten - 1) < 1e-9 for ten in TENS):
            return [Doubt("line-number-slip", {"line": line, "now": now, "before": before})]
    return []


def _numbers(text: str) -> list[float]:
    return [float(re.sub(r"[,٫/]", ".", each)) for each in NUMBER.findall(fold(text))]


def _texts(value: Value) -> list[str]:
    return [each.strip() for each in ([value] if isinstance(value, str) else value.values()) if each.strip()]


def _plainest(value: Value) -> str:
    if isinstance(value, str):
        return value
    return value.get("en") or next(iter(_texts(value)), "")
