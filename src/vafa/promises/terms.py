"""What a maker of promises says, and the checks it must pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.promises.kinds import PromiseKind, kind
from vafa.promises.margins import end_of_day
from vafa.promises.models import Direction, Promise, Unit


class Terms(TypedDict):
    """The keyword arguments of `make_promise`.

    `key`: the maker's own, for idempotency. `subject_type`, `subject_ref`: what it is about ("order", its number).
    `party_ref`: the customer's or supplier's number, never a name. `text` {language: text} as shown. `due_on` is a
    day in `zone`; `due_at` (aware) defaults to the end of that day there; `settle_after` (aware) to `due_at` plus the
    grace of the kind. `probability` 0 to 1 or None. `origin`: "quote", "import", "manual" … `unit`: the kind's own
    unless said; a promise of a MOMENT needs `due_at`.
    """

    kind: str
    key: str
    subject_type: str
    subject_ref: str
    due_on: date
    zone: str
    due_at: NotRequired[datetime | None]
    settle_after: NotRequired[datetime | None]
    direction: NotRequired[str]
    party_ref: NotRequired[str]
    text: NotRequired[dict[str, str]]
    channel: NotRequired[str]
    probability: NotRequired[float | None]
    place: NotRequired[str]
    region: NotRequired[str]
    seller: NotRequired[str]
    guarantee_version: NotRequired[str]
    origin: NotRequired[str]
    unit: NotRequired[str]


class NewDate(TypedDict):
    """The keyword arguments of `revise_promise` that say the new date; the rest is taken over from the old promise."""

    due_on: date
    due_at: NotRequired[datetime | None]
    settle_after: NotRequired[datetime | None]
    probability: NotRequired[float | None]
    text: NotRequired[dict[str, str]]
    channel: NotRequired[str]


@dataclass(frozen=True, slots=True)
class HistoricPromise:
    """One promise of the past, as an importer knows it; the same meaning as `Terms`.

    `fulfilled_at`: None while nothing is known of it. `settle_after` None: `due_at` plus the grace of the kind.
    `evidence`: references only (file, line, tracking number), flat text.
    """

    key: str
    kind: str
    subject_type: str
    subject_ref: str
    made_at: datetime
    due_on: date
    zone: str
    due_at: datetime | None = None
    settle_after: datetime | None = None
    fulfilled_at: datetime | None = None
    cancelled_at: datetime | None = None
    direction: str = Direction.TO_CUSTOMER.value
    party_ref: str = ""
    text: dict[str, str] = field(default_factory=dict)
    channel: str = ""
    probability: float | None = None
    place: str = ""
    region: str = ""
    seller: str = ""
    evidence: dict[str, str] = field(default_factory=dict)


DUE = {"due_at", "settle_after"}  # set by `set_due`, which knows their defaults
RESERVED = {
    "fulfilled_at",
    "state",
    "noted",
    "retracted",
    "reason",
    "again",
    "follows",
}  # what the ledger itself writes into evidence
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_LENGTHS = {
    name: getattr(Promise._meta.get_field(name), "max_length", None)
    for name in ("key", "subject_type", "subject_ref", "party_ref", "channel", "place", "region", "seller", "origin")
}
HISTORIC_WORDS = (*(name for name in _LENGTHS if name != "origin"), "text")


def promise_from(terms: Terms, made_at: datetime) -> Promise:
    """An unsaved promise. Problems: `unknown-kind`, `unknown-zone`, `bad-probability`, `due-in-past`, `too-long`, …"""
    described = kind(terms["kind"])
    check_words(terms)
    check_zone(terms["zone"])
    check_probability(terms.get("probability"))
    promise = Promise.with_columns(**{name: value for name, value in terms.items() if name not in DUE})
    promise.unit = terms.get("unit") or described.unit
    promise.made_at = made_at
    set_due(promise, described, terms)
    promise.original_due_on, promise.original_due_at = promise.due_on, promise.due_at
    promise.claim = claim_of(promise)
    check_due(promise)
    check_direction(promise.direction, described)
    return promise


def claim_of(promise: Promise) -> str | None:
    """What only one open promise may be about; None for kinds of which many may stand."""
    if not kind(promise.kind).one_at_a_time:
        return None
    return f"{promise.kind}:{promise.subject_type}:{promise.subject_ref}"


def set_due(promise: Promise, described: PromiseKind, terms: Terms | NewDate) -> None:
    """Due and settling times from the terms, or their defaults."""
    check_year(terms["due_on"].year, "due_on")
    due_at, settle_after = terms.get("due_at"), terms.get("settle_after")
    for name, moment in (("due_at", due_at), ("settle_after", settle_after)):
        if moment is not None:
            check_moment(moment, name)
    if due_at is None and Unit.MOMENT in {described.unit, terms.get("unit")}:
        raise Problem("due-missing", _("A promise of this kind needs the moment it is due."), field="due_at")
    promise.due_on = terms["due_on"]
    promise.due_at = due_at or end_of_day(promise.due_on, promise.zone)
    promise.settle_after = settle_after or promise.due_at + described.grace
    if promise.settle_after < promise.due_at:
        raise Problem("settles-before-due", _("A promise cannot be settled before it is due."), field="settle_after")


def check_due(promise: Promise) -> None:
    """Problem `due-in-past` when the promise is already over at the moment it is made."""
    if promise.due_at <= promise.made_at:
        raise Problem("due-in-past", _("A promise cannot be due before it is made."), field="due_on")


def check_probability(probability: float | None) -> None:
    """Problem `bad-probability` outside 0 to 1."""
    if probability is not None and not 0 <= probability <= 1:
        raise Problem("bad-probability", _("A probability lies between 0 and 1."), field="probability")


def check_zone(zone: str) -> None:
    """Problem `unknown-zone` for what is no IANA time zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem(
            "unknown-zone", _("There is no time zone named %(name)s.") % {"name": zone}, field="zone"
        ) from None


def check_moment(moment: datetime, field: str) -> None:
    """Problem `naive-time` without a zone, `bad-time` outside 1970 to 2199."""
    if moment.tzinfo is None:
        raise Problem("naive-time", _("A time needs its time zone."), field=field)
    check_year(moment.year, field)


def check_evidence(evidence: dict[str, str] | None) -> dict[str, str]:
    """Flat text of references, at most 20 entries of 200 characters, no names of the ledger's; else `bad-evidence`."""
    checked = dict(evidence or {})
    if RESERVED & checked.keys() or not _are_texts(checked, entries=20, length=200):
        raise Problem("bad-evidence", _("Evidence is a short list of references, as text."), field="evidence")
    return checked


def _are_texts(given: dict[str, str], *, entries: int, length: int) -> bool:
    return len(given) <= entries and all(
        isinstance(word, str) and len(word) <= length and is_storable(word) for pair in given.items() for word in pair
    )


def is_storable(word: str) -> bool:
    """Whether every database can keep it and every receipt can write it: no NUL, no half of a surrogate pair."""
    return _NOT_STORABLE.search(word) is None


def check_words(values: Mapping[str, Any]) -> None:
    """The texts of a promise: present where they must be, not too long, and such as every database can keep."""
    for name in ("key", "subject_type", "subject_ref"):
        if not str(values[name]).strip():
            raise Problem("empty", _("This must not be empty: %(name)s.") % {"name": name}, field=name)
    for name, most in _LENGTHS.items():
        word = str(values.get(name) or "")
        if most is not None and len(word) > most:
            raise Problem("too-long", _("This is too long: %(name)s.") % {"name": name}, field=name)
        if not is_storable(word):
            raise Problem("bad-text", _("This holds characters that cannot be kept: %(name)s.") % {"name": name})
    if "@" in str(values.get("party_ref") or ""):
        sentence = _("Give the number of the customer, not an e-mail address: the ledger can never forget one.")
        raise Problem("personal-data", sentence)
    if not _are_texts(values.get("text") or {}, entries=20, length=2000):
        raise Problem("bad-text", _("The text of a promise is given as text for each language."), field="text")


def check_year(year: int, field: str) -> None:
    """Problem `bad-time` outside 1970 to 2199."""
    if not 1970 <= year < 2200:
        raise Problem("bad-time", _("This date lies outside the years 1970 to 2199."), field=field)


def check_direction(direction: str, described: PromiseKind) -> None:
    """Problem `wrong-direction` for a promise that its kind does not know, such as one from a supplier."""
    if direction not in described.directions:
        raise Problem("wrong-direction", _("Promises of this kind are not given in this direction."), field="direction")
