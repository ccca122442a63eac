"""People by name."""

from __future__ import annotations

from datetime import UTC, datetime

from vafa.customers import actions
from vafa.customers.models import Customer

NOON = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)


def sara(**said: object) -> Customer:
    """Sara reads Persian and has mail and a phone."""
    contacts = (("email", "sara@example.org"), ("sms", "09120000001"))
    row = {"ref": "C-1", "name": "سارا", "language": "fa", "country": "IR", "contacts": contacts, **said}
    actions.remember_customers([actions.CustomerRow(**row)], at=NOON)
    return Customer.objects.get(ref=row["ref"])
