"""A product's options and a choice among them, as the engine reckons with them and as people read them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from vafa.catalog.models.products import Configurable, OptionShown, Texts, ValueShown
from vafa.engine.configuring import Chosen, Option, Outcome, Pick, Rule, Tie, Value, evaluate
from vafa.engine.inscribing import WordFault, as_written, word_faults
from vafa.kit.formats import text_in

SPOKEN = "option."  # before an option's code, where its words stand among the choices of an article


class Made(TypedDict):
    """One choice as it is sold, never changed afterwards: `words` by option are what people read of it, `inscriptions`
    by option what the customer wrote for it: those are his, not to be told to others, and not there where he wrote
    none. `counted` are those of the `parts` that are articles (by number), taken from their stock for each piece.
    """

    chosen: dict[str, str]
    words: dict[str, Texts]
    surcharge_minor: int
    lead_days: int
    parts: dict[str, int]
    counted: NotRequired[dict[str, int]]
    inscriptions: NotRequired[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Configured:
    """A choice among what can be chosen with what was written for it, and what came of it."""

    of: Configurable
    chosen: dict[str, str]
    outcome: Outcome
    inscriptions: dict[str, str]
    word_faults: list[WordFault]

    @property
    def made(self) -> Made:
        """It as it is sold."""
        made = Made(
            chosen=self.chosen,
            words={f"{SPOKEN}{option['code']}": _said(option, value) for option, value in self._taken()},
            surcharge_minor=self.outcome.surcharge_minor,
            lead_days=self.outcome.lead_days,
            parts=dict(self.outcome.parts),
        )
        if self.counted:
            made["counted"] = self.counted
        if self.inscriptions:
            made["inscriptions"] = self.inscriptions
        return made

    @property
    def counted(self) -> dict[str, int]:
        """Which articles go into a piece, and how many of each."""
        skus = {sku for _option, value in self._taken() for sku in value.get("counted", ())}
        return {sku: pieces for sku, pieces in self.outcome.parts if sku in skus}

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


def configured(
    of: Configurable, chosen: Chosen | None = None, inscriptions: Mapping[str, str] | None = None
) -> Configured:
    """What comes of a choice; without one, of the first value of all that is needed. `inscriptions` ({option: words})
    are what the customer wrote for it.
    """
    picks = first_choice(of) if chosen is None else {code: value for code, value in chosen.items() if value}
    options = [Option(each["code"], _values(each), each["needed"]) for each in of["options"]]
    rules = [Rule(Tie(each["tie"]), _pick(each["value"]), _pick(each["other"])) for each in of["rules"]]
    said = {code: as_written(words) for code, words in (inscriptions or {}).items()}
    written = {code: words for code, words in said.items() if words}
    return Configured(of, picks, evaluate(options, rules, picks), written, word_faults(options, picks, written))


def made_of(of: Configurable | None, chosen: Chosen, inscriptions: Mapping[str, str] | None = None) -> Made | None:
    """This choice as it would be sold now; None where it cannot be made so any more."""
    found = configured(of, chosen, inscriptions) if of else None
    return found.made if found and found.outcome.is_possible and not found.word_faults else None


def first_choice(of: Configurable) -> dict[str, str]:
    """The first value of every option that must have one."""
    return {each["code"]: each["values"][0]["code"] for each in of["options"] if each["needed"] and each["values"]}


def made_key(chosen: Mapping[str, str], inscriptions: Mapping[str, str] | None = None) -> str:
    """A short name for exactly this choice with these words; "" for none."""
    if not chosen:
        return ""
    said = [chosen, inscriptions] if inscriptions else chosen
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:24]


def in_words(choices: Mapping[str, str | Texts], inscriptions: Mapping[str, str]) -> Iterator[tuple[str | Texts, str]]:
    """What was chosen as people read it, each with what the customer wrote for it ("" for nothing)."""
    for code, value in choices.items():
        yield value, inscriptions.get(code.removeprefix(SPOKEN), "") if code.startswith(SPOKEN) else ""


def _values(option: OptionShown) -> tuple[Value, ...]:
    return tuple(
        Value(
            each["code"],
            each["surcharge_minor"],
            each["lead_days"],
            tuple(sorted(each["parts"].items())),
            each.get("words_most", 0),
            each.get("words_needed", False),
        )
        for each in option["values"]
    )


def _pick(pair: Sequence[str]) -> Pick:
    return pair[0], pair[1]


def _said(option: OptionShown, value: ValueShown) -> Texts:
    """`Wood: oak` in every language in which something is said of either."""
    languages = {**option["name"], **value["name"]}
    return {each: f"{text_in(option['name'], each)}: {text_in(value['name'], each)}" for each in languages}
