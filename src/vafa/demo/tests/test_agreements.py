"""The simulated shop's agreements and its rehearsed incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from vafa.agreements.models import Agreement, DownSpell, Measurement, Probe, ProbeHour
from vafa.delivery.models import Parcel
from vafa.demo.actions.agreeing import keep_asking
from vafa.demo.carriers import TIPAX
from vafa.demo.tests.make import SMALL, small_shop
from vafa.incidents.models import Incident, Notice
from vafa.messages.models import Message
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


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


def test_the_simulated_page_says_so_and_has_a_row_for_every_full_hour_that_is_over():
    small_shop()
    assert Probe.objects.get().simulated
    assert ProbeHour.objects.count() == SMALL.days * 24 + 5  # 09:00 in Tehran is 05:30 UTC
    assert ProbeHour.objects.latest("hour").hour + HOUR <= SMALL.until


def test_the_page_is_asked_on_the_days_that_go_by_too():
    small_shop()
    before = page_as_seen()
    then = replace(SMALL, lived=12)  # over the outage of the 41st day
    keep_asking(then)
    after = page_as_seen()
    assert after[: len(before)] == before
    assert len(after) - len(before) == 12 * 24
    spell = DownSpell.objects.get()
    assert (spell.checks, spell.ended_at - spell.began_at) == (47, timedelta(minutes=47))
    assert Probe.objects.get().last_minute == then.until


def test_hours_that_are_written_twice_or_in_one_go_are_the_same():
    small_shop()
    keep_asking(replace(SMALL, lived=11))
    keep_asking(replace(SMALL, lived=11))
    keep_asking(replace(SMALL, lived=2))
    keep_asking(replace(SMALL, lived=12))
    step_by_step = (page_as_seen(), DownSpell.objects.count())
    ProbeHour.objects.all().delete()
    DownSpell.objects.all().delete()
    keep_asking(replace(SMALL, lived=12))
    assert (page_as_seen(), DownSpell.objects.count()) == step_by_step


def page_as_seen() -> list[tuple]:
    return list(ProbeHour.objects.order_by("hour").values_list("hour", "checks", "up", "milliseconds"))


def test_the_incident_is_an_exercise_that_reached_nobody():
    small_shop()
    incident = Incident.objects.get()
    assert (incident.exercise, incident.closed_at is not None) == (True, True)
    assert set(Notice.objects.values_list("state", "promise_ref")) <= {("told", None)}
    assert not Message.objects.filter(template="incidents.notice").exists()
    assert not Promise.objects.filter(kind="incident_notice").exists()
