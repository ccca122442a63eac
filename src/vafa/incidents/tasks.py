"""What the worker does for incidents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from vafa.incidents import actions
from vafa.incidents.models import Incident
from vafa.incidents.queries import incident_by
from vafa.jobs.work import Work
from vafa.kit.clock import now


def list_notices(work: Work) -> dict[str, Any] | None:
    """Write down who must be told."""
    incident = _incident(work)
    return {"notices": actions.list_notices(incident, at=now())} if incident else None


def tell(work: Work) -> dict[str, Any] | None:
    """Write to the people concerned."""
    incident = _incident(work)
    return {"messages": actions.write_messages(incident, at=now())} if incident else None


def follow(work: Work) -> dict[str, Any] | None:
    """See which messages have been sent. Every minute."""
    told = actions.follow_messages(at=now())
    return {"told": told} if told else None


def _incident(work: Work) -> Incident | None:
    return incident_by(UUID(str(work.arguments["incident"])))
