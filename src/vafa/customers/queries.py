"""Reads of customers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from vafa.customers.models import Consent, ContactPoint, Customer, CustomerSession, Look


def customer(ref: str) -> Customer | None:
    """The customer of this number; None where nobody is known by it."""
    return Customer.objects.filter(ref=ref).first() if ref and "\x00" not in ref else None


def contact_points(person: Customer) -> list[ContactPoint]:
    """Where the person is reached, in the order in which they are tried; failed ones are left out."""
    return list(person.contacts.filter(failed_at__isnull=True).order_by("position", "-said_at", "-pk"))


def agrees(person: Customer, purpose: str, channel: str) -> bool:
    """Whether the newest word of the person about the purpose, on this channel or on all, is a yes. Silence is no."""
    said = Consent.objects.filter(customer=person, purpose=purpose, channel__in=["", channel])
    newest = said.order_by("-at", "-pk").first()
    return newest is not None and newest.given


def agreed_ways(words: Sequence[Consent], purpose: str, channels: Iterable[str]) -> dict[str, bool]:
    """What `agrees` says of each channel, read from what the person said (`words_of`)."""
    said = [each for each in words if each.purpose == purpose]
    return {
        channel: next((each.given for each in said if each.channel in {"", channel}), False) for channel in channels
    }


def words_of(person: Customer) -> list[Consent]:
    """What the person said about purposes, the newest first."""
    return list(person.consents.order_by("-at", "-pk"))


def segment_of(ref: str) -> str:
    """The group the customer of this number belongs to; "" where none, or nobody, is known."""
    found = Customer.objects.filter(ref=ref).values_list("segment", flat=True) if ref and "\x00" not in ref else ()
    return next(iter(found), "")


def customer_at(channel: str, address: str) -> Customer | None:
    """Whose address this is (as `tidy_address` writes it): of several people the one who has proved it, else the first.

    Who only typed an address into a form has not proved that it is his: show him nothing of this customer, and never
    add another address to this customer on his word.
    """
    points = ContactPoint.objects.filter(channel=channel, address=address).select_related("customer")
    point = points.order_by(F("verified_at").asc(nulls_last=True), "pk").first()
    return point.customer if point else None


def session_digest(secret: str) -> str:
    """What is kept of a session's secret: SHA-256 in hex. Secrets are 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def customer_with_session(secret: str, *, at: datetime) -> Customer | None:
    """Who is signed in with this secret at `at` (real time)."""
    sessions = CustomerSession.objects.filter(digest=session_digest(secret), ends_at__gt=at)
    found = sessions.select_related("customer").first()
    return found.customer if found else None


def sessions_of(person: Customer) -> list[CustomerSession]:
    """Where the person is signed in, the newest first."""
    return list(person.sessions.order_by("-opened_at", "-pk"))


def looks(customer_ref: str = "") -> QuerySet[Look]:
    """Who of the staff saw personal data, the newest first; of one customer where a number is given."""
    found = Look.objects.order_by("-at", "-pk")
    return found.filter(customer_ref=customer_ref) if customer_ref else found
