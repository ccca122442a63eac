"""The simulated shop's agreements and its rehearsed incident."""

from __future__ import annotations

import pytest

from vafa.agreements.models import Agreement, Measurement, Probe, ProbeHour
from vafa.delivery.models import Parcel
from vafa.demo.carriers import TIPAX
from vafa.demo.tests.make import SMALL, small_shop
from vafa.incidents.models import Incident, Notice
from vafa.messages.models import Message
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db


def test_two_agreements_are_in_force_and_promised_for_the_running_month():
    small_shop()
    assert set(Agreement.objects.values_list("code", "state")) == {
        ("tipax-carriage", "in_force"),
        ("hosting", "in_force"),
    }
    assert Parcel.objects.filter(carrier=TIPAX.name).exists()
    kinds = set(Promise.objects.filter(subject_type="agreement").values_list("kind", flat=True))
    assert kinds <= {"agreed_level", "uptime"}
    assert Measurement.objects.filter(last__gte=SMALL.last_day).count() == 0


def test_the_simulated_page_says_so_and_has_a_row_an_hour():
    small_shop()
    assert Probe.objects.get().simulated
    assert ProbeHour.objects.count() == SMALL.days * 24


def test_the_incident_is_an_exercise_that_reached_nobody():
    small_shop()
    incident = Incident.objects.get()
    assert (incident.exercise, incident.closed_at is not None) == (True, True)
    assert set(Notice.objects.values_list("state", "promise_ref")) <= {("told", None)}
    assert not Message.objects.filter(template="incidents.notice").exists()
    assert not Promise.objects.filter(kind="incident_notice").exists()
