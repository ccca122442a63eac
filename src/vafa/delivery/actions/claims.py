"""Advertised claims are checked against the delivery history, and raise an alert when they are no longer true."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.claims import check_of
from vafa.delivery.models import Assumption, ClaimAlert, ClaimCheck
from vafa.delivery.queries.past_orders import newest_fact
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.kit.problems import Problem
from vafa.promises.models import AdvertisedClaim
from vafa.promises.queries.claims import running_claims


def check_claim(claim: AdvertisedClaim, *, at: datetime | None = None) -> ClaimCheck | None:
    """Check one claim now and keep what was found; None where there is no history at all.

    A running claim under its level raises one alert, which stays until a check finds it at its level again.
    """
    at = at or clock.now()
    until = newest_fact()
    if until is None:
        return None
    report = check_of(claim, until)
    with transaction.atomic():
        found, _made = ClaimCheck.objects.update_or_create(
            claim=claim, defaults={"checked_at": at, "verdict": report["verdict"], "report": report}
        )
        _alert(claim, report["verdict"], at)
    return found


def _alert(claim: AdvertisedClaim, verdict: str, at: datetime) -> None:
    if verdict == ClaimCheck.Verdict.UNDER and claim.is_running(local_day(at)):
        ClaimAlert.objects.bulk_create([ClaimAlert(claim=claim, raised_at=at)], ignore_conflicts=True)
    elif verdict == ClaimCheck.Verdict.HOLDS or not claim.is_running(local_day(at)):
        _clear(claim, at)


def _clear(claim: AdvertisedClaim, at: datetime) -> None:
    ClaimAlert.objects.filter(claim=claim, cleared_at__isnull=True).update(cleared_at=at)


def check_claims(*, at: datetime | None = None) -> int:
    """Check every running claim, and clear the alerts of those that are no longer advertised; how many were checked."""
    at = at or clock.now()
    running = list(running_claims(local_day(at)))
    for claim in running:
        check_claim(claim, at=at)
    over = ClaimAlert.objects.filter(cleared_at__isnull=True).exclude(claim__in=running)
    over.update(cleared_at=at)
    return len(running)


def save_assumption(name: str, *, value: float, source: str, by: str, at: datetime | None = None) -> Assumption:
    """The owner believes another figure, and says where it comes from. Problems: `bad-value`, `no-source`."""
    if not -1 <= value <= 1:
        raise Problem("bad-value", _("This share lies between -100 and 100 percent."), field="value")
    if not source.strip() or len(source) > 300:
        raise Problem("no-source", _("Say where this figure comes from."), field="source")
    changes = {"value": value, "source": source.strip(), "changed_by": by, "changed_at": at or clock.now()}
    return Assumption.objects.update_or_create(name=name, defaults=changes)[0]
