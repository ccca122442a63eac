"""Reads of customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vafa.customers.models import Consent, ContactPoint, Customer


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
