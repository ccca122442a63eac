"""The kind of promise that an incident makes."""

from __future__ import annotations

from datetime import timedelta

from vafa.promises.kinds import PromiseKind
from vafa.promises.models import Unit

INCIDENT_NOTICE = PromiseKind(
    name="incident_notice",
    labels={"fa": "خبر رخداد امنیتی", "ar": "إشعار حادث أمني", "en": "Incident notice"},
    unit=Unit.MOMENT,
    grace=timedelta(minutes=15),  # what was sent in the last minute is told by the next run of the worker
    can_be_guaranteed=False,
)
