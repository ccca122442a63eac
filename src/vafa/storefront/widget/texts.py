"""Pieces of our pages as plain text, for a script that never writes HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags

BETWEEN_LINES = re.compile(r"[ \t\r\n]+")  # but an amount and its unit stay together


def text_of(template: str, **context: Any) -> str:
    """What the fragment says, without its elements."""
    said = unescape(strip_tags(render_to_string(template, context)))
    return BETWEEN_LINES.sub(" ", said).strip()
