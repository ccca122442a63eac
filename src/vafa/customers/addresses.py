"""Addresses as the gateways need them: mail in one spelling, phone numbers with their country, digits of any script."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from vafa.customers.models import Channel
from vafa.kit.formats import plain_digits

# Calling codes of countries whose shops write national numbers ("0912…"); elsewhere a number must begin with + or 00.
CALLING_CODES = {
    "IR": "98", "AF": "93", "TJ": "992", "IQ": "964", "SA": "966", "AE": "971", "KW": "965", "QA": "974", "BH": "973",
    "OM": "968", "YE": "967", "JO": "962", "LB": "961", "SY": "963", "PS": "970", "EG": "20", "LY": "218", "TN": "216",
    "DZ": "213", "MA": "212", "SD": "249", "TR": "90", "DE": "49", "FR": "33", "GB": "44", "BR": "55",
}  # fmt: skip
PHONE = re.compile(r"\+[1-9]\d{6,14}")
WRITTEN_BETWEEN = re.compile(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069().\-/]")
MESSENGERS = {Channel.TELEGRAM, Channel.BALE}


def tidy_address(channel: str, address: str, country: str = "") -> str:
    """The address in the one spelling in which it is kept; "" where it is none.

    Phone numbers (SMS, WhatsApp) become `+989121234567`; a national number is read as one of `country` (two letters).
    """
    text = plain_digits(address.strip())
    if channel == Channel.EMAIL:
        return _mail(text)
    if channel in MESSENGERS:
        return text if re.fullmatch(r"-?\d{3,20}|@?\w{3,64}", text) else ""
    return _phone(text, country)


def _mail(text: str) -> str:
    local, _at, domain = text.rpartition("@")
    plain = f"{local}@{domain.lower()}"
    try:
        validate_email(plain)
    except ValidationError:
        return ""
    return plain if len(plain) <= 254 else ""


def _phone(text: str, country: str) -> str:
    number = WRITTEN_BETWEEN.sub("", text)
    code = CALLING_CODES.get(country.upper(), "")
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif number.startswith("0") and code:
        number = f"+{code}{number[1:]}"
    elif code and number.startswith(code) and len(number) > len(code) + 7:
        number = f"+{number}"  # spreadsheets drop the plus
    elif code == "98" and re.fullmatch(r"9\d{9}", number):
        number = f"+98{number}"  # and the leading zero
    return number if PHONE.fullmatch(number) else ""
