"""Templates of messages. Rooms describe theirs, `config` registers them at the start; rows hold the stable name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.messages.purposes import Purpose

LANGUAGES = ("fa", "ar", "en")
# how the hours of a window look in a sample of a message
HOURS_SHOWN = {"fa": "۱۰:۰۰ تا ۱۲:۰۰", "ar": "١٠:٠٠ إلى ١٢:٠٠", "en": "10:00 – 12:00"}


class Kind(Enum):
    """How a value is given and shown.

    TEXT: text, or {language: text}. DAY: ISO date, shown with its weekday. MOMENT: ISO time with zone, shown in the
    customer's zone. NUMBER: a number. DAYS: a number, shown as days in words. MONEY: [minor units, currency].
    CHANCE: [kept, of], shown as "97 of 100". LINK: a path of this site ("/r/…") or an absolute https address.
    """

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    DAYS = "days"
    MONEY = "money"
    CHANCE = "chance"
    LINK = "link"


@dataclass(frozen=True)
class Value:
    """One value that a template may show: its kind, what it means (in English, for engineers), a sample."""

    kind: Kind
    meaning: str
    sample: object
    optional: bool = False


@dataclass(frozen=True)
class MessageTemplate:
    """One message that a room sends.

    `name` is stable and stored, "<room>.<what>"; its texts are the files `templates/messages/<room>/<what>.<lang>.txt`
    of that room. `labels` {language: text} name it in the console, `when` says when it is sent. `values` are what
    `send` must give; `name` (the customer's) and `shop` are there without asking.
    """

    name: str
    purpose: Purpose
    labels: Mapping[str, str]
    when: Mapping[str, str]
    values: Mapping[str, Value]

    def label(self, language: str) -> str:
        """The name in `language`, else in English."""
        return self.labels.get(language.split("-")[0]) or self.labels["en"]

    def file(self, language: str) -> str:
        """The shipped text's template name."""
        room, _dot, what = self.name.partition(".")
        return f"messages/{room}/{what}.{language}.txt"


ALWAYS = {
    "name": Value(Kind.TEXT, "the customer's name", {"fa": "سارا", "ar": "سارة", "en": "Sara"}, optional=True),
    "shop": Value(Kind.TEXT, "the shop's name", "", optional=True),
}
_templates: dict[str, MessageTemplate] = {}


def register(template: MessageTemplate) -> None:
    """Make it known. The same twice is fine; another of the same name is a mistake in the program."""
    if _templates.setdefault(template.name, template) != template:
        raise ValueError(f"two message templates are named {template.name!r}")


def template(name: str) -> MessageTemplate:
    """The template of that name, else Problem `unknown-template`."""
    if name not in _templates:
        raise Problem("unknown-template", _("There is no such message: %(name)s.") % {"name": name}, status=404)
    return _templates[name]


def all_templates() -> list[MessageTemplate]:
    """Every registered one, in the order of registration."""
    return list(_templates.values())
