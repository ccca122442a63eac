"""Names and addresses of customers who never were, each made from the customer's number: the same at every build."""

from __future__ import annotations

import zlib

from vafa.customers.actions import CustomerRow
from vafa.demo.iran import City

NAMES = {
    "fa": (
        ("سارا", "مریم", "نگار", "زهرا", "الهام", "پریسا", "امید", "رضا", "آرش", "کیوان", "حسین", "بهروز"),
        ("محمدی", "کریمی", "رستمی", "صادقی", "یوسفی", "نوری", "کاظمی", "شریفی", "آقایی", "فرهادی"),
    ),
    "ar": (
        ("ليلى", "نور", "مريم", "هند", "سلمى", "أحمد", "خالد", "يوسف", "عمر", "حسن"),
        ("الهاشمي", "المنصوري", "النجار", "الخطيب", "السالم", "العلي", "الحداد", "الزين"),
    ),
}
DOMAINS = ("example.org", "example.net", "example.com")  # reserved: no mail to them reaches anybody


def person(ref: str, city: City) -> CustomerRow:
    """The customer of this number, who reads the language of his country. Reached by mail at a reserved domain."""
    language = "fa" if city.country == "IR" else "ar"
    first, last = NAMES[language]
    seed = zlib.crc32(ref.encode())
    name = f"{first[seed % len(first)]} {last[seed // 16 % len(last)]}"
    address = f"{ref.lower()}@{DOMAINS[seed // 256 % len(DOMAINS)]}"
    return CustomerRow(ref, name=name, language=language, contacts=(("email", address),))
