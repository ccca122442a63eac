"""From a written text to what a channel carries: plain text, short text, and HTML for both directions."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.template.loader import render_to_string

from vafa.customers.models import Channel
from vafa.messages.wording import Written

BUTTON = re.compile(r"\[([^\]\n]+)\]\((\S+)\)")
CODE = re.compile(r"\b([0-9A-Z]+(?:-[0-9A-Z]+)+)\b")  # of a voucher, an order: read from left to right, in one piece
STYLE = Path(__file__).resolve().parent / "templates" / "messages" / "mail.css"


@dataclass(frozen=True)
class Letter:
    """One message as one channel carries it. Only mail has a subject and HTML."""

    channel: str
    language: str
    subject: str
    text: str
    html: str


def letter(written: Written, *, channel: str, language: str, shop: str, leave: str = "") -> Letter:
    """The letter for a channel. `leave`: the address at which the customer ends such messages, for offers."""
    if channel != Channel.EMAIL:
        text = _with_addresses(written.short)
        return Letter(channel, language, "", f"{text}\n{LEAVE[language]} {leave}" if leave else text, "")
    text = _with_addresses(written.body)
    if leave:
        text = f"{text}\n\n--\n{LEAVE[language]} {leave}"
    return Letter(channel, language, written.subject, f"{text}\n", _html(written, language, shop, leave))


LEAVE = {
    "fa": "دیگر پیشنهادی نمی‌خواهید؟",
    "ar": "لا تريد مزيدًا من العروض؟",
    "en": "No more offers, please:",
}


def _with_addresses(body: str) -> str:
    """Buttons as words and address."""
    return BUTTON.sub(r"\1: \2", body)


def _html(written: Written, language: str, shop: str, leave: str) -> str:
    context = {
        "language": language,
        "direction": "ltr" if language == "en" else "rtl",
        "subject": written.subject,
        "blocks": [_block(block) for block in written.body.split("\n\n") if block.strip()],
        "shop": shop,
        "leave": leave,
        "leave_words": LEAVE[language],
        "style": mail_style(),
    }
    return render_to_string("messages/mail.html", context)


def _block(block: str) -> dict[str, object]:
    button = BUTTON.fullmatch(block.strip())
    if button:
        return {"button": button[1], "address": button[2]}
    return {"lines": [CODE.split(line) for line in block.strip().split("\n")]}  # text and codes in turn


@lru_cache
def mail_style() -> str:
    """The one style sheet of all mail."""
    return STYLE.read_text(encoding="utf-8").strip()


@lru_cache
def mail_style_digest() -> str:
    """The style sheet as a content security policy names it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(mail_style().encode()).digest()).decode() + "'"
