"""Incidents by name; the shop is in Tehran."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from vafa.accounts.models import Role, User
from vafa.customers.tests.make import sara
from vafa.incidents import actions
from vafa.incidents.models import Incident
from vafa.messages.models import Message

FOUND = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def aram() -> User:
    return User.objects.get_or_create(username="aram-owner", defaults={"role": Role.OWNER, "password": "!"})[0]


def facts(**said: Any) -> dict[str, Any]:
    return {
        "exercise": False, "what": {"fa": "کسی فهرست را خواند.", "en": "Somebody read the list."}, "consequences": {},
        "measures": {}, "advice": {"en": "Change your password."}, "remedy": {}, "categories": ["name", "orders"],
        "risk": "some", "scope": "list", "chosen": {"refs": ["C-1", "C-2"]}, "since": FOUND - 24 * HOUR,
        "found_at": FOUND, **said,
    }  # fmt: skip


def recorded(at: datetime = FOUND + HOUR, **said: Any) -> Incident:
    """Written down, and its notices too."""
    incident = actions.record_incident(by=aram(), at=at, **facts(**said))
    actions.list_notices(incident, at=at)
    incident.refresh_from_db()
    return incident


def an_authority(hours: int = 72, **said: Any) -> None:
    """A rule of an authority that applies."""
    terms = {
        "name": {"en": "Authority"}, "audience": "authority", "hours": hours, "least_risk": "some", "source": "",
        "active": True, "checked": True,
    }  # fmt: skip
    actions.save_rule("authority", at=FOUND, **{**terms, **said})


def a_told_incident() -> Incident:
    """Sara has an address, C-2 has none."""
    sara()
    incident = recorded()
    actions.tell_people(incident, at=FOUND + HOUR)
    actions.write_messages(incident, at=FOUND + HOUR)
    unknown = Message.objects.filter(customer_ref="C-2")
    unknown.update(state="suppressed", reason="no_customer", settled_at=FOUND + HOUR, next_try_at=None)
    return incident
