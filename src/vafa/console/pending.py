"""What waits for a person today: a few counts, each with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from vafa.agreements.queries import down_now
from vafa.delivery.queries.watching import AHEAD, OVERDUE, AtRisk, waiting_counts
from vafa.incidents.queries import notices_due
from vafa.jobs import queries as jobs
from vafa.jobs.models import State


@dataclass(frozen=True)
class Pending:
    """One count and where its list is. `tone` is that of the count when it is not zero."""

    label: str
    count: int
    hint: str
    url: str
    tone: str


def pending_matters(risk: AtRisk, *, approvals: int, is_owner: bool = False) -> list[Pending]:
    """The counts that the reader may act on, the most urgent first. Pages that are down and incidents of which somebody
    must still be told come first, and only where there are any."""
    failed = jobs.jobs_in_view(State.FAILED).count()
    proposed, chosen = waiting_counts()
    risky = reverse("delivery:at-risk")
    return [
        *_alarms(is_owner=is_owner),
        Pending(_("Overdue"), risk.overdue, _("ask the carrier"), f"{risky}?which={OVERDUE}", "bad"),
        Pending(_("At risk"), risk.ahead, _("the day is still to come"), f"{risky}?which={AHEAD}", "warn"),
        Pending(_("For approval"), approvals, _("remedies above your limits"), reverse("promises:remedies"), "warn"),
        Pending(_("Customers to tell"), proposed, _("approve the notice, or call"), risky, "warn"),
        Pending(_("Customers have chosen"), chosen, _("carry out what they chose"), risky, "warn"),
        Pending(
            _("Work that failed"),
            failed,
            _("start it again, or drop it"),
            f"{reverse('jobs:list')}?state=failed",
            "bad",
        ),
    ]


def _alarms(*, is_owner: bool) -> list[Pending]:
    down, incidents = len(down_now()), notices_due() if is_owner else 0
    alarms = [
        Pending(_("Pages down"), down, _("your shop does not answer"), reverse("agreements:uptime"), "bad"),
        Pending(_("Incidents"), incidents, _("somebody must still be told"), reverse("incidents:list"), "bad"),
    ]
    return [alarm for alarm in alarms if alarm.count]
