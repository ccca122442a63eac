"""What the columns of a file mean: the mapping that the browser writes and the command line reads."""

from __future__ import annotations

from vafa.connectors.mapping.fields import FIELDS, GROUPS, REQUIRED, Field
from vafa.connectors.mapping.model import Mapping
from vafa.connectors.mapping.shipped import named_mapping, shipped_mappings
from vafa.connectors.mapping.toml import mapping_from_toml, toml_text

__all__ = [
    "FIELDS",
    "GROUPS",
    "REQUIRED",
    "Field",
    "Mapping",
    "mapping_from_toml",
    "named_mapping",
    "shipped_mappings",
    "toml_text",
]
