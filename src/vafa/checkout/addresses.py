"""Addresses as people in each country write them: which signs a postal code has, what a mobile number looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vafa.customers.addresses import tidy_address
from vafa.kit.formats import plain_digits


@dataclass(frozen=True)
class Country:
    """`postal`: the whole postal code, "" where letters carry none; `sample` one as an example; `needs_postal`: no
    parcel is sent without. `mobile`: what follows the calling code of a mobile number.
    """

    code: str
    mobile: str
    postal: str = ""
    sample: str = ""
    needs_postal: bool = False


# Iran: ten digits; the first five hold no 0 and no 2, the fifth no 5 (Iran Post), no digit four times at the start.
IRAN_POSTAL = r"(?!(\d)\1{3})[13-9]{4}[1346-9]\d{5}"
COUNTRIES = {
    each.code: each
    for each in (
        Country("IR", r"9\d{9}", IRAN_POSTAL, "1193653471", needs_postal=True),
        Country("AF", r"7\d{8}", r"\d{4}", "1001"),
        Country("IQ", r"7[3-9]\d{8}", r"\d{5}", "10001"),
        Country("SA", r"5\d{8}", r"\d{5}(-\d{4})?", "12345", needs_postal=True),
        Country("AE", r"5[024568]\d{7}"),
        Country("KW", r"[4569]\d{7}", r"\d{5}", "13001"),
        Country("QA", r"[3-7]\d{7}"),
        Country("BH", r"(3\d|6[36])\d{6}", r"\d{3,4}", "317"),
        Country("OM", r"[79]\d{7}", r"\d{3}", "100"),
        Country("YE", r"7\d{8}"),
        Country("JO", r"7[789]\d{7}", r"\d{5}", "11118"),
        Country("LB", r"(3|7\d|81)\d{6}", r"\d{4}( \d{4})?", "1107"),
        Country("SY", r"9\d{8}"),
        Country("PS", r"5[69]\d{7}", r"P?\d{3,7}", "P6001234"),
        Country("EG", r"1[0125]\d{8}", r"\d{5}", "11511"),
        Country("LY", r"9\d{8}"),
        Country("TN", r"[2459]\d{7}", r"\d{4}", "1000"),
        Country("DZ", r"[567]\d{8}", r"\d{5}", "16000"),
        Country("MA", r"[67]\d{8}", r"\d{5}", "10000"),
        Country("SD", r"[19]\d{8}", r"\d{5}", "11111"),
        Country("TR", r"5\d{9}", r"\d{5}", "34000", needs_postal=True),
        Country("DE", r"1[567]\d{8,9}", r"\d{5}", "10115", needs_postal=True),
        Country("FR", r"[67]\d{8}", r"\d{5}", "75001", needs_postal=True),
        Country("GB", r"7\d{9}", r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "SW1A 1AA", needs_postal=True),
        Country("BR", r"\d{2}9\d{8}", r"\d{5}-?\d{3}", "01310-100", needs_postal=True),
    )
}
GAPS = re.compile(r"[\s\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
CALLING = {
    "IR": "98", "AF": "93", "IQ": "964", "SA": "966", "AE": "971", "KW": "965", "QA": "974", "BH": "973", "OM": "968",
    "YE": "967", "JO": "962", "LB": "961", "SY": "963", "PS": "970", "EG": "20", "LY": "218", "TN": "216", "DZ": "213",
    "MA": "212", "SD": "249", "TR": "90", "DE": "49", "FR": "33", "GB": "44", "BR": "55",
}  # fmt: skip


def tidy_postal_code(written: str, country: str) -> str | None:
    """The postal code in the one spelling in which it is kept; None where it is none of that country.

    Digits of any script are read; in Iran and where codes are digits alone, gaps and dashes do not count. Nothing
    written is nothing, and right where the country can do without.
    """
    text = GAPS.sub(" ", plain_digits(written)).strip().upper()
    rules = COUNTRIES.get(country)
    if rules is None:
        return text[:16]
    if not text or not rules.postal:
        return None if rules.needs_postal and not text else text[:16]
    for spelled in (text, re.sub(r"[\s-]", "", text)):
        if re.fullmatch(rules.postal, spelled):
            return spelled
    return None


def tidy_mobile(written: str, country: str) -> str | None:
    """The phone number with its country (`+989121234567`); None where none can be reached by it.

    A number of the country named must be a mobile one, because the date and its changes are sent there; of numbers of
    other countries only the form is looked at.
    """
    number = tidy_address("sms", written, country)
    if not number:
        return None
    home, rules = CALLING.get(country, ""), COUNTRIES.get(country)
    if rules and home and number.startswith(f"+{home}"):
        return number if re.fullmatch(rules.mobile, number[1 + len(home) :]) else None
    return number


def country_of(phone: str) -> str:
    """The country of a number with its country, two letters; "" where it is none of ours."""
    known = sorted(CALLING.items(), key=lambda each: -len(each[1]))
    return next((country for country, code in known if phone.startswith(f"+{code}")), "")
