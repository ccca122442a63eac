"""Mappings as TOML files."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from vafa.connectors.mapping.model import Mapping
from vafa.kit.problems import Problem

LARGEST = 256 * 1024
HEADING = (
    "# What the columns of an order export mean to Vafa. Use it with: vafa import orders FILE --mapping THIS-FILE\n"
)


def mapping_from_toml(text: str) -> Mapping:
    """Problem `bad-mapping` when the text is no TOML or no mapping."""
    try:
        return Mapping.from_json(tomllib.loads(text))
    except tomllib.TOMLDecodeError as refused:
        raise Problem("bad-mapping", _("The mapping is not valid TOML: %s") % refused, status=422) from None


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file."""
    try:
        if path.stat().st_size > LARGEST:
            raise Problem("bad-mapping", _("“%s” is too large to be a mapping.") % path.name)
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise Problem("no-mapping", _("The mapping “%s” cannot be opened.") % path) from None
    except UnicodeDecodeError:
        raise Problem("bad-mapping", _("The mapping “%s” is not UTF-8 text.") % path.name) from None
    return mapping_from_toml(text)


def toml_text(mapping: Mapping) -> str:
    """The mapping as a file that the command line accepts and people can edit."""
    data = mapping.as_json()
    tables = {name: data.pop(name) for name in ("constants", "columns") if name in data}
    lines = [HEADING, *(f"{name} = {_value(value)}" for name, value in data.items())]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """TOML's basic strings, numbers and lists are written as in JSON, but for DEL and the escaped half-characters."""
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
