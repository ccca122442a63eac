"""Kinds of promises. Rooms describe theirs, `config` registers them at the start; rows hold the stable name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.promises.models import Direction, Unit


@dataclass(frozen=True)
class PromiseKind:
    """One kind of promise.

    `name` is stable and stored; `labels` {language: text} name it on pages; `directions` says who may give it.
    `unit`: a promise of a DAY is kept when it is fulfilled on or before the day `due_on` in its zone; a promise of a
    MOMENT when it is fulfilled at or before `due_at`. `exceeds`: from which margin on the customer got clearly more
    than promised. `grace`: how long after `due_at` evidence is waited for when the maker says nothing else.
    `one_at_a_time`: about one subject (an order) only one such promise may stand; another date is a revision of it.
    `apology`: the message by which a customer is told that we are sorry when what he was promised came late and no
    guarantee makes good for it; `missing`: the message when its grace is over and nothing is known of it. "" where
    nobody is told. `can_be_guaranteed`: whether its promises may stand under a guarantee; what follows from a broken
    level of an agreement, or a late notice of an incident, is said there.

    One day is the least `exceeds` of a promised day, because it is the unit in which the customer was told: the
    bookseller who says "three days" and needs two has exceeded.
    """

    name: str
    labels: Mapping[str, str]
    directions: frozenset[str] = field(default_factory=lambda: frozenset({Direction.TO_CUSTOMER.value}))
    unit: str = Unit.DAY
    exceeds: timedelta = timedelta(days=1)
    grace: timedelta = timedelta(days=2)
    one_at_a_time: bool = False
    apology: str = ""
    missing: str = ""
    can_be_guaranteed: bool = True

    def label(self, language: str) -> str:
        """The name in `language` ("fa", "ar-eg"), else in English, else the stable name."""
        return self.labels.get(language.split("-")[0]) or self.labels.get("en") or self.name


_kinds: dict[str, PromiseKind] = {}


def register(kind: PromiseKind) -> None:
    """Make `kind` known. The same kind twice is fine; another kind of the same name is a mistake in the program."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"two kinds of promises are named {kind.name!r}")


def kind(name: str) -> PromiseKind:
    """The kind of that name, else Problem `unknown-kind`."""
    if name not in _kinds:
        raise Problem("unknown-kind", _("There is no such kind of promise: %(name)s.") % {"name": name}, field="kind")
    return _kinds[name]


def guaranteed_kinds() -> list[PromiseKind]:
    """The kinds that a guarantee can be about."""
    return [each for each in _kinds.values() if each.can_be_guaranteed]


def all_kinds() -> list[PromiseKind]:
    """Every registered kind, in the order of registration."""
    return list(_kinds.values())
