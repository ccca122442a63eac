"""What the schemas of the JSON API are made of: strict bodies, times and days written out, words without controls."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

NUMBER = re.compile(r"[-+]?[\d._]+([eE][-+]?\d+)?")
NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
# what the description says of names in an object that are not such words
NO_OTHERS: dict[str, Any] = {"additionalProperties": False}


def _written_out(value: Any) -> Any:
    """Times and days are written out; a bare number would silently be read as seconds since 1970."""
    if not isinstance(value, str) or NUMBER.fullmatch(value.strip()):
        raise ValueError("must be written out")
    return value


Moment = Annotated[datetime, BeforeValidator(_written_out), Field(strict=False)]
Day = Annotated[date, BeforeValidator(_written_out), Field(strict=False)]
Word = Annotated[str, Field(max_length=120, pattern=NO_CONTROLS)]


class Strict(BaseModel):
    """What comes in is JSON already: without the reader of attributes that ninja's schemas bring for models."""

    model_config = ConfigDict(strict=True, extra="forbid")
