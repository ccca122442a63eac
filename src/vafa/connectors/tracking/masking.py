"""Raw messages as staff may see them: what may name a person is covered."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any

COVERED = "•••"
PERSONAL = re.compile(
    r"name|mail|phone|mobile|cell|address|street|zip|postal|signed|signat|recipient|receiver|consignee|customer"
    r"|lat$|lng$|lon$|latitude|longitude|national"
    r"|نام|تلفن|موبایل|همراه|آدرس|نشانی|گیرنده|کد ?ملی|کدپستی|اسم|هاتف|عنوان",
    re.IGNORECASE,
)
NOT_PERSONAL = re.compile(r"^(carrier|courier|status|event|file)_?name$", re.IGNORECASE)
MAIL = re.compile(r"[^\s\"'<>@]+@[^\s\"'<>@]+\.[^\s\"'<>@]+")
PHONE = re.compile(r"(?<![\w-])(?:\+|00)\d[\d\s-]{7,14}\d(?!\w)|(?<![\w-])0[19]\d{8,10}(?!\w)")
MOST = 20_000


def masked(body: bytes) -> str:
    """The message, indented where it is JSON; values under telling names, mail addresses and phone numbers covered."""
    text = body.decode("utf-8", "replace")
    with contextlib.suppress(ValueError, RecursionError):
        text = json.dumps(_covered(json.loads(text)), indent=2, ensure_ascii=False)
    return PHONE.sub(COVERED, MAIL.sub(COVERED, text))[:MOST]


def _covered(value: Any, *, personal: bool = False) -> Any:
    if isinstance(value, dict):
        return {key: _covered(each, personal=personal or _is_personal(key)) for key, each in value.items()}
    if isinstance(value, list):
        return [_covered(each, personal=personal) for each in value]
    return COVERED if personal and value not in (None, "", True, False) else value


def _is_personal(key: str) -> bool:
    return bool(PERSONAL.search(key)) and not NOT_PERSONAL.search(key)
