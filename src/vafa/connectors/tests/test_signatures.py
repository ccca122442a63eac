"""Known answers from other programs, and every way to be refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from vafa.connectors.tests.carrier import SECRET, headers_of
from vafa.connectors.tracking.form import the_form
from vafa.connectors.tracking.signatures import refusal

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
BODY = '{"msg": "سلام"}'.encode()


def check(form: str, headers: dict[str, str], *, secrets=(SECRET,), body=BODY, at=NOW) -> str:
    return refusal(the_form(form).signature, list(secrets), headers, body, at)


def test_aftership_signs_in_base64():
    digest = hmac.new(SECRET.encode(), BODY, hashlib.sha256).digest()
    assert check("aftership", {"aftership-hmac-sha256": base64.b64encode(digest).decode()}) == ""


def test_easypost_signs_in_hex_with_a_decomposed_secret():
    digest = hmac.new("cafe\u0301 secret".encode(), BODY, hashlib.sha256).hexdigest()
    assert check("easypost", {"X-Hmac-Signature": f"hmac-sha256-hex={digest}"}, secrets=["caf\u00e9 secret"]) == ""


@pytest.mark.parametrize("form", ["aftership", "easypost", "signed", "post", "tipax", "alopeyk"])
def test_what_is_signed_is_genuine_and_everything_else_is_not(form):
    headers = headers_of(form, BODY, at=NOW)
    assert check(form, headers) == ""
    assert check(form, headers, secrets=["the new secret", SECRET]) == ""
    assert check(form, headers, secrets=["another secret of the shop"]) == "wrong-signature"
    assert check(form, headers, body=BODY + b" ") == "wrong-signature"
    assert check(form, {}) == "no-signature"
    assert check(form, {**headers, the_form(form).signature.header: "ünsinn,,"}) == "wrong-signature"


@pytest.mark.parametrize("age", [301, -301])
def test_a_message_is_genuine_for_five_minutes(age):
    headers = headers_of("signed", BODY, at=NOW)
    assert check("signed", headers, at=NOW + timedelta(seconds=age)) == "too-old"
    assert check("signed", headers, at=NOW + timedelta(seconds=age // 301 * 300)) == ""


def test_the_time_is_signed_too():
    headers = headers_of("signed", BODY, at=NOW)
    later = {**headers, "Vafa-Timestamp": str(int(NOW.timestamp()) + 5)}
    assert check("signed", later) == "wrong-signature"
    assert check("signed", {**headers, "Vafa-Timestamp": "yesterday"}) == "no-signature"
