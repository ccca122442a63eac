"""The mapping itself, and its one check."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from vafa.connectors.mapping.fields import FIELDS
from vafa.connectors.values.amounts import WEIGHT_UNITS
from vafa.connectors.values.dates import CALENDARS, ORDERS
from vafa.engine.folding import fold
from vafa.kit.problems import Problem

MISSING = frozenset({"", "-", "--", "—", "n/a", "na", "null", "none", "nan", "0000-00-00", "0000-00-00 00:00:00"})
CHOICES = {
    "date_order": ("", *ORDERS),
    "calendar": ("", *CALENDARS),
    "weight_unit": ("", *WEIGHT_UNITS),
    "money_unit": ("", "toman"),
    "decimal": ("", ".", ","),
    "separator": ("", ",", ";", "\t", "|"),
}


@dataclass(frozen=True)
class Mapping:
    """`columns`: for each field the headings to look under; the first that has a value in a row is used.

    `zone` "" is the shop's, `currency` "" the shop's, `date_order`, `calendar`, `decimal` and `separator` "" are found
    out from the file. `missing` are words that mean "no value" ("*" stands for anything), `cancelled` and `delivered`
    the words of the status column, `constants` values for fields that have no column, `code_length` how much of a
    postal code names an area, `recognise` headings by which such a file is known.
    """

    name: str = ""
    zone: str = ""
    currency: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    date_order: str = ""
    date_formats: list[str] = field(default_factory=list)
    calendar: str = ""
    decimal: str = ""
    money_unit: str = ""
    weight_unit: str = ""
    code_length: int = 5
    missing: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)
    recognise: list[str] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What differs from the defaults, as plain data; `from_json` reads it back."""
        plain = Mapping()
        return {name: value for name, value in asdict(self).items() if value != getattr(plain, name)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Mapping:
        """Problem `bad-mapping` for unknown names and values of the wrong kind."""
        known = {each.name: each for each in fields(cls)}
        plain = cls()
        for name, value in data.items():
            if name not in known:
                raise _bad(_("“%s” means nothing in a mapping.") % name)
            if type(value) is not type(getattr(plain, name)):
                raise _bad(_("“%s” has a value of the wrong kind.") % name)
        mapping = cls(**{**data, "columns": _columns(data.get("columns", {}))})
        mapping._check()
        return mapping

    def _check(self) -> None:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                allowed = ", ".join(repr(choice) for choice in choices if choice)
                raise _bad(_("“%(name)s” must be one of %(allowed)s.") % {"name": name, "allowed": allowed})
        for name in (*self.columns, *self.constants):
            if name not in FIELDS:
                raise _bad(_("There is no field named “%s”.") % name)
        texts = [*self.missing, *self.cancelled, *self.delivered, *self.date_formats, *self.constants.values()]
        if not all(isinstance(text, str) for text in texts) or not 1 <= self.code_length <= 64:
            raise _bad(_("Lists hold text in quotation marks, and the length of a code lies between 1 and 64."))
        try:
            ZoneInfo(self.zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise _bad(_("There is no time zone named “%s”.") % self.zone) from None

    def is_missing(self, text: str) -> bool:
        """Whether the cell says nothing."""
        folded = text.strip().casefold()
        if folded in MISSING or folded in self._missing_words:
            return True
        return any(fnmatchcase(folded, pattern) for pattern in self._missing_patterns)

    @cached_property
    def _missing_words(self) -> frozenset[str]:
        return frozenset(word.strip().casefold() for word in self.missing if "*" not in word)

    @cached_property
    def _missing_patterns(self) -> list[str]:
        return [word.strip().casefold().replace("[", "[[]") for word in self.missing if "*" in word]

    @cached_property
    def cancelled_words(self) -> frozenset[str]:
        return frozenset(map(fold, self.cancelled))

    @cached_property
    def delivered_words(self) -> frozenset[str]:
        return frozenset(map(fold, self.delivered))


def _columns(given: dict[str, Any]) -> dict[str, list[str]]:
    """One heading may stand without a list round it."""
    columns = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    for name, headings in columns.items():
        if not isinstance(headings, list) or not all(isinstance(heading, str) for heading in headings):
            raise _bad(_("The column of “%s” must be a heading or a list of headings.") % name)
    return columns


def _bad(sentence: str) -> Problem:
    return Problem("bad-mapping", _("The mapping cannot be used: %s") % sentence, status=422)
