"""What the demo's tests share."""

from __future__ import annotations

import pytest

from vafa.jobs.models import Job
from vafa.kit.clock import now, real_now


@pytest.fixture
def job_running(db) -> Job:
    return Job.objects.create(
        task="delivery.fit", state="running", asked_at=now(), free_at=real_now(), worker="w", attempt=1
    )
