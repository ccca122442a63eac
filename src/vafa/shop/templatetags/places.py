"""Filters that name places in the reader's language."""

from __future__ import annotations

from django import template

from vafa.kit.formats.preferences import the_language
from vafa.shop import queries

register = template.Library()


@register.filter
def place_name(name: str) -> str:
    """A city or a region as the reader calls it; the name itself where it is not listed."""
    return queries.place_name(name, the_language(None)) if name else ""
