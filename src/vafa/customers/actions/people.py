"""Changes of what is known about customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.customers.addresses import tidy_address
from vafa.customers.models import Channel, Consent, ContactPoint, Customer
from vafa.kit.bulk import NOTHING, Recorded, write_changes
from vafa.kit.problems import Problem

ORDER = {channel: number for number, channel in enumerate(Channel.values)}


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """What is known of one customer. "" means "not said": what is known already stays. A `segment` of None: no group.

    `language` is fa, ar or en, `zone` an IANA name, `segment` the group for which some guarantees are; `contacts` are
    (channel, address) as somebody wrote them, `country` (two letters) helps to read a national phone number. An address
    that is none is left out.
    """

    ref: str
    name: str = ""
    language: str = ""
    zone: str = ""
    segment: str | None = ""
    country: str = ""
    contacts: tuple[tuple[str, str], ...] = ()


def remember_customers(rows: Sequence[CustomerRow], *, at: datetime) -> Recorded:
    """Insert new customers, update those about whom the rows say something else, add contact points; one transaction.

    The same rows again change nothing. Pass at most some hundred rows at a time. Problems: `empty`, `unknown-zone`,
    `unknown-language`.
    """
    for row in rows:
        _check(row)
    with transaction.atomic():
        refs = [row.ref for row in rows]
        locked = Customer.objects.select_for_update().filter(ref__in=refs).order_by("pk")
        known = {each["ref"]: dict(each) for each in locked.values()}
        said = [
            {
                "ref": row.ref,
                "name": row.name[:160],
                "language": row.language,
                "zone": row.zone,
                "segment": NOTHING if row.segment is None else row.segment[:40],
            }
            for row in rows
        ]
        recorded = write_changes(Customer, "ref", known, said)
        _remember_contacts(rows, dict(Customer.objects.filter(ref__in=refs).values_list("ref", "pk")), at)
    return recorded


def _check(row: CustomerRow) -> None:
    if not row.ref.strip() or len(row.ref) > 64:
        raise Problem("empty", _("A customer needs a number of at most 64 characters."), field="ref")
    if row.language not in {"", "fa", "ar", "en"}:
        raise Problem("unknown-language", _("Messages are written in Persian, Arabic and English."), field="language")
    if row.zone and row.zone not in available_timezones():
        raise Problem("unknown-zone", _("There is no time zone named %(name)s.") % {"name": row.zone}, field="zone")


def _remember_contacts(rows: Sequence[CustomerRow], ids: dict[str, int], at: datetime) -> None:
    said = {
        (ids[row.ref], channel, address)
        for row in rows
        for channel, written in row.contacts
        if channel in ORDER and (address := tidy_address(channel, written, row.country))
    }
    points = [
        ContactPoint(customer_id=customer, channel=channel, address=address, position=ORDER[channel], said_at=at)
        for customer, channel, address in sorted(said)
    ]
    ContactPoint.objects.bulk_create(points, ignore_conflicts=True)


def set_consent(ref: str, *, purpose: str, given: bool, source: str, at: datetime, channel: str = "") -> bool:
    """Write down that the customer agreed, or no longer agrees, to `purpose` (on one channel, or on all).

    The same word twice is one row; whether this was a new one. Problem `unknown-customer` (404).
    """
    with transaction.atomic():
        customer = Customer.objects.select_for_update().filter(ref=ref).first()
        if customer is None:
            raise Problem("unknown-customer", _("There is no such customer."), status=404, field="customer")
        said = {"purpose": purpose, "channel": channel, "given": given, "at": at}
        if customer.consents.filter(**said).exists():
            return False
        customer.consents.create(source=source, **said)
    return True


def take_back_consent(ref: str, *, purpose: str, source: str, at: datetime) -> bool:
    """The customer wants no more of `purpose` on any channel; whether this is news.

    No word is added where his newest one says the same (a link followed twice), or where nobody is known.
    """
    with transaction.atomic():
        customer = Customer.objects.select_for_update().filter(ref=ref).first()
        if customer is None:
            return False
        newest = customer.consents.filter(purpose=purpose).order_by("-at", "-pk").first()
        if newest is not None and not newest.given and not newest.channel:
            return False
        return set_consent(ref, purpose=purpose, given=False, source=source, at=at)


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What an order says of its buyer's consent to a purpose, on every channel."""

    ref: str
    purpose: str
    given: bool
    at: datetime


def record_first_consents(rows: Sequence[ConsentRow], *, source: str) -> int:
    """Write down consents of those who have said nothing of the purpose yet; how many.

    An import never overrules what a customer said himself: a shop's export does not know who has left here since.
    """
    with transaction.atomic():
        refs = {row.ref for row in rows}
        ids = dict(Customer.objects.select_for_update().filter(ref__in=refs).order_by("pk").values_list("ref", "pk"))
        said = set(Consent.objects.filter(customer__ref__in=refs).values_list("customer_id", "purpose"))
        newest = {(ids[row.ref], row.purpose): row for row in sorted(rows, key=lambda each: each.at)}
        fresh = [
            Consent(customer_id=customer, purpose=purpose, given=row.given, at=row.at, source=source)
            for (customer, purpose), row in newest.items()
            if (customer, purpose) not in said
        ]
        return len(Consent.objects.bulk_create(fresh))


def mark_unreachable(contact: ContactPoint, *, at: datetime) -> None:
    """Nobody is at this address: it is passed over from now on."""
    ContactPoint.objects.filter(pk=contact.pk, failed_at__isnull=True).update(failed_at=at)


def forget_customer(ref: str) -> bool:
    """Erase the person: name, contact points and consents. Whether there was anybody. The number in orders stays."""
    deleted, _by_model = Customer.objects.filter(ref=ref).delete()
    return bool(deleted)
