"""What the visitor of the sandbox's page chose."""

from __future__ import annotations

from vafa.payments.models import SandboxVisit


def decide(visit: SandboxVisit, outcome: str) -> None:
    """Pay, or refuse; the first choice stays."""
    SandboxVisit.objects.filter(pk=visit.pk, outcome="").update(outcome=outcome)
    visit.refresh_from_db()
