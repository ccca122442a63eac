"""What this room knows of a person, as it tells it to him and forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vafa.customers.models import AskedCode, Consent, ContactPoint, Customer, CustomerSession, Look

TABLES = frozenset(
    f"customers.{name}" for name in ("Customer", "ContactPoint", "Consent", "AskedCode", "CustomerSession", "Look")
)
STAYS = "Who of the staff looked at your data stays for a year, under your number alone."


def told(ref: str) -> dict[str, Any]:
    """Name, contact, consents, where he is signed in, and who looked."""
    person = Customer.objects.filter(ref=ref)
    of_person = {"customer__ref": ref}
    contacts = ContactPoint.objects.filter(**of_person)
    return {
        "customer": list(person.values("ref", "name", "language", "zone", "segment")),
        "contacts": list(contacts.values("channel", "address", "said_at", "verified_at", "failed_at")),
        "consents": list(Consent.objects.filter(**of_person).values("purpose", "channel", "given", "at", "source")),
        "codes": list(_codes(ref).values("channel", "address", "asked_at", "used_at")),
        "signed_in": list(CustomerSession.objects.filter(**of_person).values("opened_at", "ends_at")),
        "looks": list(Look.objects.filter(customer_ref=ref).values("who", "what", "at")),
    }


def forget(ref: str, kept: Sequence[str]) -> int:
    """While an order is under way its customer must be reachable; everything else goes."""
    gone: int = _codes(ref).delete()[0] + Consent.objects.filter(customer__ref=ref).delete()[0]
    return gone if kept else gone + Customer.objects.filter(ref=ref).delete()[0]


def _codes(ref: str) -> Any:
    return AskedCode.objects.filter(address__in=ContactPoint.objects.filter(customer__ref=ref).values("address"))
