"""Traces of visits: sessions, failed sign-ins, forms that were sent. They tell of people, so they do not stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session

from vafa.accounts.models import SentForm


def forget_old_visits(*, at: datetime) -> int:
    """Delete sessions that are over, forms sent more than a day ago and records of sign-ins older than 90 days; how
    many rows. Real time."""
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    failed, _ = AccessAttempt.objects.filter(attempt_time__lt=at - timedelta(days=90)).delete()
    visits, _ = AccessLog.objects.filter(attempt_time__lt=at - timedelta(days=90)).delete()
    forms, _ = SentForm.objects.filter(at__lt=at - timedelta(days=1)).delete()
    return int(sessions + failed + visits + forms)
