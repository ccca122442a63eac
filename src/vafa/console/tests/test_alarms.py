"""What Today shows before everything else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from vafa.agreements.actions import record_look
from vafa.agreements.looking import Look
from vafa.agreements.tests.make import home_page
from vafa.console.pending import pending_matters
from vafa.delivery.queries.watching import AtRisk
from vafa.incidents.tests.make import recorded
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _shop():
    save_settings(name="Ketab", zone="Asia/Tehran", holiday_country="")


def labels(*, is_owner: bool) -> list[str]:
    with override("en"):
        return [str(each.label) for each in pending_matters(AtRisk(), approvals=0, is_owner=is_owner)]


def test_a_page_that_is_down_comes_first():
    probe = home_page()
    record_look(probe, Look("error", 20), at=NOON)
    assert "Pages down" not in labels(is_owner=False)
    record_look(probe, Look("error", 20), at=NOON + timedelta(minutes=1))
    assert labels(is_owner=False)[0] == "Pages down"
    record_look(probe, Look("up", 20), at=NOON + timedelta(minutes=2))
    assert "Pages down" not in labels(is_owner=False)


def test_owners_see_that_somebody_must_be_told_of_an_incident():
    recorded()
    assert labels(is_owner=True)[0] == "Incidents"
    assert "Incidents" not in labels(is_owner=False)


def test_an_exercise_is_no_alarm():
    recorded(exercise=True)
    assert "Incidents" not in labels(is_owner=True)
