"""What a visitor chooses among a product's options, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vafa.catalog.models.products import OptionShown, Texts, ValueShown
from vafa.catalog.queries import Sheet
from vafa.catalog.queries.configurations import Configured, configured
from vafa.catalog.queries.explaining import about_words, explained, named, option_named, own_words
from vafa.engine.configuring import Conflict, Outcome, Pick
from vafa.kit.formats import format_number, isolated

FIELD, WORDS = "o.", "w."
MOST_CHOSEN, LONGEST, MOST_WAYS, MOST_LETTERS = 20, 40, 4, 1000


@dataclass(frozen=True, slots=True)
class Way:
    """One change that would do, and the page on which it is made."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a choice cannot be made so, in words; `why` are the shop's own."""

    sentence: str
    why: Texts
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class ValueOnPage:
    code: str
    name: Texts
    surcharge_minor: int
    days: str
    is_chosen: bool
    words_most: int
    words_needed: bool
    words: str  # what the customer wrote for it
    words_fault: str  # what is wrong with that, where he has already sent it


@dataclass(frozen=True, slots=True)
class OptionOnPage:
    code: str
    name: Texts
    needed: bool
    is_empty: bool
    values: tuple[ValueOnPage, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Making:
    """A choice and what came of it; `article` is the one it is of, kept in every address, and `page` the product's own
    address where the choice stands on another one. `is_sent`: its words were sent, so that their faults are told.
    """

    configured: Configured
    article: str
    page: str = ""
    is_sent: bool = False

    @property
    def outcome(self) -> Outcome:
        return self.configured.outcome

    @cached_property
    def options(self) -> list[OptionOnPage]:
        """Every option with its values, what is chosen, and what is wrong there."""
        return [self._option(each) for each in self.configured.of["options"]]

    def _option(self, option: OptionShown) -> OptionOnPage:
        picked = self.configured.chosen.get(option["code"], "")
        faults = [each for each in self.outcome.conflicts if each.option == option["code"]]
        return OptionOnPage(
            option["code"], option["name"], option["needed"], not picked,
            tuple(self._value(option, each, picked) for each in option["values"]),
            tuple(self._fault(each) for each in faults),
        )  # fmt: skip

    def _value(self, option: OptionShown, value: ValueShown, picked: str) -> ValueOnPage:
        days, is_chosen = value["lead_days"], value["code"] == picked
        said = ngettext("%(days)s working day more", "%(days)s working days more", days) % {"days": format_number(days)}
        faults = [each for each in self.configured.word_faults if each.option == option["code"]]
        return ValueOnPage(
            value["code"], value["name"], value["surcharge_minor"], said if days else "", is_chosen,
            value.get("words_most", 0), value.get("words_needed", False),
            self.configured.inscriptions.get(option["code"], "") if is_chosen else "",
            about_words(faults[0]) if faults and is_chosen and self.is_sent else "",
        )  # fmt: skip

    def _fault(self, conflict: Conflict) -> Fault:
        ways = tuple(Way(self._way(pick), self._address(pick)) for pick in conflict.ways[:MOST_WAYS])
        return Fault(explained(conflict, self.configured.of), own_words(conflict, self.configured), ways)

    def _way(self, pick: Pick) -> str:
        (option, value), of = pick, self.configured.of
        if value:
            return f"{isolated(option_named(option, of))}: {isolated(named(pick, of))}"
        chosen = named((option, self.configured.chosen.get(option, "")), of)
        return _("Without “%(value)s”") % {"value": isolated(chosen)}

    def _address(self, pick: Pick) -> str:
        return f"{self.page}?{urlencode({'v': self.article, **as_fields({**self._whole(), pick[0]: pick[1]})})}"

    def _whole(self) -> dict[str, str]:
        """What is chosen of every option, "" for none: so that nothing is chosen from the start again."""
        return {each["code"]: self.configured.chosen.get(each["code"], "") for each in self.configured.of["options"]}


def making_of(found: Sheet, said: Mapping[str, str], *, page: str = "") -> Making | None:
    """What the visitor chose of the product; what is chosen from the start where he said nothing. None where there is
    nothing to choose. `page`: it was sent with its words, and is shown elsewhere than at this address of the product.
    """
    if found.configurable is None:
        return None
    known, chosen = {each["code"] for each in found.configurable["options"]}, chosen_in(said)
    if chosen is not None:
        chosen = {option: value for option, value in chosen.items() if option in known}
    written = inscriptions_in(said) if page else {}
    return Making(configured(found.configurable, chosen, written), said.get("v", "")[:64], page, bool(page))


def chosen_in(said: Mapping[str, str]) -> dict[str, str] | None:
    """{option: value} of a form or an address; None where nothing is said of any option."""
    named = [name for name in said if name.startswith(FIELD)][:MOST_CHOSEN]
    if not named:
        return None
    return {name.removeprefix(FIELD)[:LONGEST]: said[name][:LONGEST] for name in named if said[name]}


def inscriptions_in(said: Mapping[str, str]) -> dict[str, str]:
    """{option: words} of a form, where something was written for the value that is chosen."""
    chosen = chosen_in(said) or {}
    written = {option: said.get(f"{WORDS}{option}.{value}", "")[:MOST_LETTERS] for option, value in chosen.items()}
    return {option: words for option, words in written.items() if words.strip()}


def as_fields(chosen: Mapping[str, str]) -> dict[str, str]:
    """A choice as the fields of an address."""
    return {f"{FIELD}{option}": value for option, value in chosen.items()}
