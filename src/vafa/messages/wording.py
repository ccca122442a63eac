"""The language of message texts: Django's template parser with nothing in it but values, `if` and `plural`.

A text is lines `subject: …` and `short: …` (for SMS and messengers), an empty line, and the body: paragraphs separated
by empty lines. A paragraph `[words]({{ link }})` is a button. Values come in ready to be read; a text can reach
nothing else: no attributes, no other tags or filters, no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.template import Context, Engine, Library, Node, Template, TemplateSyntaxError
from django.template.base import FilterExpression, NodeList, VariableNode
from django.template.defaulttags import IfNode, do_if
from django.utils.translation import gettext as _

from vafa.kit.formats import format_number
from vafa.kit.problems import Problem

MOST_CHARACTERS = 8000
HEADER = re.compile(r"(subject|short):[ \t]*(.*)")
CATEGORIES = {"fa": ("one", "other"), "en": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}


class Shown(str):
    """A value as it is read. `number` is what it counts, for `plural` and for `if`."""

    number: float | None

    def __new__(cls, text: str, number: float | None = None) -> Shown:
        made = super().__new__(cls, text)
        made.number = number
        return made

    def __bool__(self) -> bool:
        return len(self) > 0 if self.number is None else self.number != 0


@dataclass(frozen=True)
class Written:
    """A text with its values in it."""

    subject: str
    short: str
    body: str


def check(source: str, names: set[str], language: str) -> None:
    """Problem `bad-text` with a sentence that says what is wrong; nothing when the text can be written."""
    if len(source) > MOST_CHARACTERS:
        raise _refusal(_("The text is too long; %(most)s characters are possible.") % {"most": MOST_CHARACTERS})
    parts = _parts(source)
    for part in ("subject", "body"):
        if not parts[part].strip():
            raise _refusal(_("The text needs a line “subject:” and, after an empty line, a body."))
    for part in parts.values():
        _check_names(_compiled(part, language), names)


def write(source: str, values: Mapping[str, Shown], language: str) -> Written:
    """The text with the values. Problem `bad-text` where it cannot be written."""
    parts = _parts(source)
    done = {
        name: _compiled(part, language).render(Context(dict(values), autoescape=False)) for name, part in parts.items()
    }
    body = re.sub(r"\n{3,}", "\n\n", done["body"]).strip()
    return Written(" ".join(done["subject"].split())[:300], done["short"].strip() or body, body)


def _parts(source: str) -> dict[str, str]:
    parts = {"subject": "", "short": ""}
    lines = source.replace("\r\n", "\n").strip().split("\n")
    while lines and (found := HEADER.fullmatch(lines[0])):
        parts[found[1]] = found[2]
        lines.pop(0)
    return {**parts, "body": "\n".join(lines).strip()}


def _compiled(source: str, language: str) -> Template:
    try:
        return Template(source, engine=_engine(language))
    except TemplateSyntaxError as mistake:
        raise _refusal(_("The text has a mistake: %(mistake)s") % {"mistake": mistake}) from None


def _engine(language: str) -> Engine:
    """An engine that knows one tag and one filter. (Its own list of built-ins would hold Django's.)"""
    library = Library()
    library.tag("if", do_if)
    library.filter("plural", lambda value, forms: _plural(value, str(forms), language))
    engine = Engine(autoescape=False, loaders=[])
    engine.template_builtins = [library]
    engine.template_libraries = {}
    return engine


def _plural(value: Any, forms: str, language: str) -> str:
    number = getattr(value, "number", None)
    if number is None:
        return str(value)
    by_category = dict(zip(CATEGORIES[language], forms.split(";"), strict=False))
    form = by_category.get(Locale(language).plural_form(number)) or forms.split(";")[-1]
    return form.replace("#", format_number(number, 0, language))


def _check_names(template: Template, names: set[str]) -> None:
    for expression in _expressions(template.nodelist):
        for lookups in _lookups(expression):
            name = ".".join(lookups)
            if len(lookups) > 1 or lookups[0] not in names:
                known = ", ".join(sorted(names))
                sentence = _("There is no value “%(name)s” in this message. There are: %(known)s.")
                raise _refusal(sentence % {"name": name, "known": known})


def _expressions(nodes: NodeList) -> Iterator[FilterExpression]:
    for node in nodes.get_nodes_by_type(Node):
        if isinstance(node, VariableNode):
            yield node.filter_expression
        elif isinstance(node, IfNode):
            for condition, _nodes in node.conditions_nodelists:
                yield from _in_condition(condition)


def _in_condition(condition: Any) -> Iterator[FilterExpression]:
    if condition is None:
        return
    if isinstance(getattr(condition, "value", None), FilterExpression):
        yield condition.value
    for side in ("first", "second"):
        yield from _in_condition(getattr(condition, side, None))


def _lookups(expression: FilterExpression) -> Iterator[tuple[str, ...]]:
    """The names that an expression and the arguments of its filters look up."""
    variables = [expression.var] + [given for _filter, arguments in expression.filters for _is, given in arguments]
    for variable in variables:
        lookups = getattr(variable, "lookups", None)
        if lookups:
            yield tuple(lookups)


def _refusal(sentence: str) -> Problem:
    return Problem("bad-text", sentence, field="source", status=422)
