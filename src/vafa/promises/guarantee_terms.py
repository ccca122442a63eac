"""What a guarantee says: the wording, for whom, what follows, within which limits. Pure: reads no table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem, Text
from vafa.kit.signing import canonical_json
from vafa.promises.kinds import kind
from vafa.promises.models import RemedyKind
from vafa.promises.models.remedy import WITH_AMOUNT

MOST_DAYS, MOST_MINOR, MOST_PERIOD = 60, 10**15, 3650
LANGUAGES = ("fa", "ar", "en")


class Wording(StrEnum):
    """The two ways to say it."""

    ON_DATE = "on_date"
    WITHIN_DAYS = "within_days"


@dataclass(frozen=True)
class Scope:
    """Which promises stand under it; an empty word means all. `place` is a city, `product_group` the orders' category,
    `option` the code of a delivery option, `segment` the customers' group as the asker names it.
    """

    place: str = ""
    region: str = ""
    product_group: str = ""
    option: str = ""
    segment: str = ""

    @property
    def narrowness(self) -> int:
        """How many of the words are said: of two guarantees that fit, the narrower one applies."""
        return sum(bool(word) for word in asdict(self).values())


@dataclass(frozen=True)
class RemedyRule:
    """What the customer gets. A voucher or refund is `amount_minor`, or `percent` of the order's goods, at most
    `most_minor`; vouchers (free delivery is one) can be used for `valid_days`.
    """

    kind: str = RemedyKind.APOLOGY.value
    amount_minor: int | None = None
    percent: int | None = None
    most_minor: int | None = None
    valid_days: int = 90


@dataclass(frozen=True)
class Caps:
    """What may be given without a person: up to `approval_above_minor` each, `budget_minor` in any `budget_days`,
    `per_customer` remedies in any `customer_days`. None: no such limit. What is above waits for approval.
    """

    approval_above_minor: int | None = None
    budget_minor: int | None = None
    budget_days: int = 30
    per_customer: int | None = None
    customer_days: int = 90


@dataclass(frozen=True)
class GuaranteeTerms:
    """A guarantee whole. `kind` is the promise's. `days` (for `within_days`) are counted from the order's:
    calendar days, or with `working_days` those on which the shop works.

    It takes in promises made from `valid_from` to `valid_until`, days of the shop, both included; None: until it is
    ended or another version takes its place. `currency` is that of all amounts.
    """

    kind: str
    wording: str
    valid_from: date
    currency: str
    text: Mapping[str, str] = field(default_factory=dict)
    days: int | None = None
    working_days: bool = False
    scope: Scope = Scope()
    remedy: RemedyRule = RemedyRule()
    caps: Caps = Caps()
    valid_until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values, the same for the same terms."""
        values = asdict(self)
        if not self.working_days:  # versions published before the word existed keep their digest
            del values["working_days"]
        values["text"] = dict(sorted(self.text.items()))
        values["valid_from"] = self.valid_from.isoformat()
        values["valid_until"] = None if self.valid_until is None else self.valid_until.isoformat()
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> GuaranteeTerms:
        """Back from `as_json`."""
        ends = values["valid_until"]
        parts = {
            "scope": Scope(**values["scope"]),
            "remedy": RemedyRule(**values["remedy"]),
            "caps": Caps(**values["caps"]),
            "valid_from": date.fromisoformat(values["valid_from"]),
            "valid_until": None if ends is None else date.fromisoformat(ends),
        }
        return cls(**{**values, **parts})

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, hex."""
        return hashlib.sha256(canonical_json(self.as_json())).hexdigest()

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(language, text) in the order of the languages, missing ones empty."""
        return [(language, self.text.get(language, "")) for language in LANGUAGES]

    def is_valid_on(self, day: date) -> bool:
        """Whether promises made on `day` stand under it."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def check_terms(terms: GuaranteeTerms) -> None:
    """Problem with the field at fault where the terms cannot be: `unknown-kind`, `bad-terms`, `text-missing` …"""
    if not kind(terms.kind).can_be_guaranteed:
        raise _bad(_("No guarantee can be given for promises of this kind."), "kind")
    _check_wording(terms)
    _check_remedy(terms.remedy)
    _check_caps(terms.caps)
    if terms.valid_until is not None and terms.valid_until < terms.valid_from:
        raise _bad(_("It cannot end before it begins."), "valid_until")
    for word in asdict(terms.scope).values():
        if len(word) > 120 or "\x00" in word:
            raise _bad(_("A word of the scope is too long or cannot be kept."), "place")


def check_texts(terms: GuaranteeTerms) -> None:
    """Problem `text-missing` unless it is written in all three languages; checked before publishing."""
    for language in LANGUAGES:
        text = terms.text.get(language, "")
        if not text.strip():
            raise Problem("text-missing", _("Write the text in all three languages."), field=f"text_{language}")
        if len(text) > 1000 or "\x00" in text:
            raise _bad(_("A text is at most 1,000 characters long."), f"text_{language}")


def _check_wording(terms: GuaranteeTerms) -> None:
    if terms.wording not in set(Wording):
        raise _bad(_("A guarantee is for the promised date or for a number of days."), "wording")
    if (terms.wording == Wording.WITHIN_DAYS) != (terms.days is not None):
        raise _bad(_("Say within how many days, or guarantee the promised date."), "days")
    if terms.working_days and terms.days is None:
        raise _bad(_("Working days belong to a number of days."), "working_days")
    if terms.days is not None and not 0 <= terms.days <= MOST_DAYS:
        raise _bad(_("Days lie between 0 and 60."), "days")


def _check_remedy(rule: RemedyRule) -> None:
    if rule.kind not in RemedyKind.values:
        raise _bad(_("There is no such remedy."), "remedy_kind")
    has_amount = rule.amount_minor is not None or rule.percent is not None
    if has_amount != (rule.kind in WITH_AMOUNT):
        raise _bad(_("A voucher or a refund needs an amount or a share; the other remedies have none."), "amount")
    if rule.amount_minor is not None and rule.percent is not None:
        raise _bad(_("Give an amount or a share of the order, not both."), "percent")
    if rule.percent is not None and not 1 <= rule.percent <= 100:
        raise _bad(_("A share lies between 1 and 100 percent."), "percent")
    if rule.most_minor is not None and rule.percent is None:
        raise _bad(_("An upper limit belongs to a share of the order."), "most")
    _check_amounts(amount=rule.amount_minor, most=rule.most_minor)
    if not 1 <= rule.valid_days <= MOST_PERIOD:
        raise _bad(_("A voucher is valid from one day to ten years."), "valid_days")


def _check_caps(caps: Caps) -> None:
    _check_amounts(approval_above=caps.approval_above_minor, budget=caps.budget_minor, zero=True)
    if caps.per_customer is not None and not 0 <= caps.per_customer <= 1000:
        raise _bad(_("This number lies between 0 and 1,000."), "per_customer")
    for name in ("budget_days", "customer_days"):
        if not 1 <= getattr(caps, name) <= MOST_PERIOD:
            raise _bad(_("A period lasts from one day to ten years."), name)


def _check_amounts(*, zero: bool = False, **amounts: int | None) -> None:
    for name, minor in amounts.items():
        if minor is not None and not (0 if zero else 1) <= minor <= MOST_MINOR:
            raise _bad(_("This amount is too small or too large."), name)


def _bad(sentence: Text, field: str) -> Problem:
    return Problem("bad-terms", sentence, field=field)
