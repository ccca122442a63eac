"""Django's tags `trans` and `url`, which remember what they wrote: it follows from very little, and a page holds fifty
of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from django import template
from django.conf import settings
from django.template import Context, Variable, defaulttags
from django.template.base import Parser, Token
from django.template.loader import get_template
from django.templatetags import i18n
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vafa.kit.drawn import Drawings

register = template.Library()
_drawings = Drawings(most=4096)  # of a kilobyte each
PLAIN = {str, SafeString, int}


class SentenceNode(i18n.TranslateNode):
    """A sentence that stands in the template itself, kept in every language in which it was said."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self.said:
            self.said[language] = super().render(context)
        return self.said[language]


class AddressNode(defaulttags.URLNode):
    """The address of a page, kept for its name and parts. No room of ours is included twice in the addresses, so it is
    the same whichever page asks.
    """

    def render(self, context: Context) -> str:
        parts = [part.resolve(context) for part in self.args]
        if self.kwargs or self.asvar or not all(type(part) in PLAIN for part in parts):
            return super().render(context)
        name, urlconf = str(self.view_name.resolve(context)), get_urlconf() or settings.ROOT_URLCONF
        found = _address(get_script_prefix(), urlconf, name, *(str(part) for part in parts))
        return conditional_escape(found) if context.autoescape else found


@register.tag
def trans(parser: Parser, token: Token) -> i18n.TranslateNode:
    """As Django's."""
    node = i18n.do_translate(parser, token)
    said = node.filter_expression
    is_sentence = isinstance(said.var, Variable) and isinstance(said.var.literal, str) and not said.filters
    if node.asvar or node.noop or node.message_context or not is_sentence:
        return node
    return SentenceNode(said, node.noop)


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """As Django's."""
    node = defaulttags.url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag
def drawn(name: str, **values: object) -> SafeString:
    """A template as `include … only` draws it with these values, drawn once for the same values: for pieces that many
    pages show again. It must look at nothing but them: no request, no `now`, no form with a token (`kit.drawn`).
    """
    whole = cast("Any", get_template(name)).template
    return _drawings.drawn(name, values, lambda: whole.render(Context(values)))


@lru_cache(maxsize=4096)
def _address(_prefix: str, urlconf: str, name: str, *parts: str) -> str:
    return reverse(name, urlconf, args=parts)
