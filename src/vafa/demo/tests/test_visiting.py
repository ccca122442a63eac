"""Simulated visitors leave figures of speed: enough to be shown, the same ones whenever they are asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.demo.actions import let_people_look_around
from vafa.demo.tests.make import small_shop
from vafa.kit.clock import now
from vafa.visits.models import Visit, VisitDay


@pytest.fixture
def shop(db, settings, tmp_path):
    settings.HOME = tmp_path
    small_shop()


def test_the_page_of_speed_has_something_to_say(shop, client, owner):
    assert let_people_look_around(at=now()) == Visit.objects.count() == 27 * 18
    client.force_login(owner)
    everything = client.get("/window/speed/").context["all"]
    assert everything.of >= everything.least
    assert VisitDay.objects.values("day").distinct().count() >= 26


def test_done_twice_it_is_done_once_and_a_later_day_brings_its_own(shop):
    at = now()
    let_people_look_around(at=at)
    assert let_people_look_around(at=at) == 0
    assert let_people_look_around(at=at + timedelta(days=2)) == 2 * 18
