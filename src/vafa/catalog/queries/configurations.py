"""A product's options and a choice among them, as the engine reckons with them and as people read them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from vafa.catalog.models.products import Configurable, OptionShown, Texts, ValueShown
from vafa.engine.configuring import Chosen, Option, Outcome, Pick, Rule, Tie, Value, evaluate
from vafa.kit.formats import text_in


class Made(TypedDict):
    """One choice as it is sold, never changed afterwards: `words` by option are what people read of it."""

    chosen: dict[str, str]
    words: dict[str, Texts]
    surcharge_minor: int
    lead_days: int
    parts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Configured:
    """A choice among what can be chosen, and what came of it."""

    of: Configurable
    chosen: dict[str, str]
    outcome: Outcome

    @property
    def made(self) -> Made:
        """It as it is sold."""
        return Made(
            chosen=self.chosen,
            words={f"option.{option['code']}": _said(option, value) for option, value in self._taken()},
            surcharge_minor=self.outcome.surcharge_minor,
            lead_days=self.outcome.lead_days,
            parts=dict(self.outcome.parts),
        )

    def why(self, tie: Tie, value: Pick, others: Sequence[Pick]) -> Texts:
        """The shop's own words about a rule between these values; {} where it wrote none."""
        for rule in self.of["rules"]:
            ends = [tuple(rule["value"]), tuple(rule["other"])]
            is_meant = rule["tie"] == tie and value in ends and any(other in ends for other in others)
            if is_meant and rule["why"]:
                return rule["why"]
        return {}

    def _taken(self) -> list[tuple[OptionShown, ValueShown]]:
        return [
            (option, value)
            for option in self.of["options"]
            for value in option["values"]
            if self.chosen.get(option["code"]) == value["code"]
        ]


def configured(of: Configurable, chosen: Chosen | None = None) -> Configured:
    """What comes of a choice; without one, of the first value of all that is needed."""
    picks = first_choice(of) if chosen is None else {code: value for code, value in chosen.items() if value}
    options = [Option(each["code"], _values(each), each["needed"]) for each in of["options"]]
    rules = [Rule(Tie(each["tie"]), _pick(each["value"]), _pick(each["other"])) for each in of["rules"]]
    return Configured(of, picks, evaluate(options, rules, picks))


def made_of(of: Configurable | None, chosen: Chosen) -> Made | None:
    """This choice as it would be sold now; None where it cannot be made so any more."""
    found = configured(of, chosen) if of else None
    return found.made if found and found.outcome.is_possible else None


def first_choice(of: Configurable) -> dict[str, str]:
    """The first value of every option that must have one."""
    return {each["code"]: each["values"][0]["code"] for each in of["options"] if each["needed"] and each["values"]}


def made_key(chosen: Mapping[str, str]) -> str:
    """A short name for exactly this choice; "" for none."""
    if not chosen:
        return ""
    return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()[:24]


def _values(option: OptionShown) -> tuple[Value, ...]:
    return tuple(
        Value(each["code"], each["surcharge_minor"], each["lead_days"], tuple(sorted(each["parts"].items())))
        for each in option["values"]
    )


def _pick(pair: Sequence[str]) -> Pick:
    return pair[0], pair[1]


def _said(option: OptionShown, value: ValueShown) -> Texts:
    """`Wood: oak` in every language in which something is said of either."""
    languages = {**option["name"], **value["name"]}
    return {each: f"{text_in(option['name'], each)}: {text_in(value['name'], each)}" for each in languages}
