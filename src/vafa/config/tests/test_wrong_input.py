"""Wrong input in a form of the staff comes back in Persian, at its field, with what was typed; nothing is saved."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
FORMS = [
    reverse(name)
    for name in (
        "agreements:new-partner",
        "agreements:new-probe",
        "agreements:maintenance",
        "delivery:new-claim",
        "delivery:new-option",
        "incidents:new",
        "promises:new-guarantee",
        "connectors:new-source",
        "accounts:staff",
        "accounts:tokens",
        "shop:settings",
    )
]
WRONG = {"number": "سه و نیم؟", "day": "۱۴۰۴/۱۲/۳۰", "long": "خیلی دراز " * 500}  # 1404 has no 30 Esfand
FIELD = re.compile(r"<(input|textarea)\b([^>]*)>")


def drawn(page: str) -> dict[str, str]:
    """Name and kind of each line to type in, in the main part of the page."""
    found = {}
    for _tag, attributes in FIELD.findall(page.split("<main", 1)[1]):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if said.get("type", "text") in {"text", "number", "url", "email"} and said.get("name", "csrf") != "csrf":
            found[said["name"]] = "number" if said.get("inputmode") in {"numeric", "decimal"} else "long"
    return found


def asked(client, path: str) -> dict[str, str]:
    """What can be typed on the Persian page: names and kinds."""
    save_settings(name="Ketab", zone="Asia/Tehran", holiday_country="", default_language="fa")
    client.cookies["django_language"] = "fa"
    fields = drawn(client.get(path).content.decode())
    for name in fields:
        if name.endswith("_on") or name in {"valid_from", "valid_until"}:
            fields[name] = "day"
    assert fields
    return fields


def require_persian_errors(page: str) -> None:
    errors = re.findall(r'<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>', page, re.DOTALL)
    assert errors
    for error in errors:
        words = html.unescape(re.sub(r"<[^>]+>", " ", error))
        assert re.search(r"[\u0600-\u06ff]{2}", words), words
        assert not re.search(r"\b(the|this|is|a|of)\b", words), words


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("number", [WRONG["number"], "-۷", "۹" * 40])
def test_wrong_input_comes_back_in_persian_with_what_was_typed(owner_client, path, number):
    typed = {name: {**WRONG, "number": number}[kind] for name, kind in asked(owner_client, path).items()}
    answer = owner_client.post(path, typed)
    assert answer.status_code == 422
    require_persian_errors(answer.content.decode())
    shown = html.unescape(answer.content.decode())
    for name, text in typed.items():
        assert text.strip() in shown, name


@pytest.mark.parametrize("path", FORMS)
def test_a_form_sent_empty_says_in_persian_what_is_missing(owner_client, path):
    answer = owner_client.post(path, dict.fromkeys(asked(owner_client, path), ""))
    assert answer.status_code == 422
    require_persian_errors(answer.content.decode())
