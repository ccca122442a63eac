"""Filters that name places in the reader's language."""

from __future__ import annotations

from django import template

from vafa.kit.formats.preferences import the_language
from vafa.shop.queries import name_in

register = template.Library()


@register.filter
def city(name: str) -> str:
    """A city as the reader calls it; the name itself where it is no listed city."""
    return name_in(name, the_language(None)) if name else ""
