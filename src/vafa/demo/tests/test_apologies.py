"""Who got an order late is told that the shop is sorry, in the shop's own time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.demo.actions import begin_strike, live_until
from vafa.demo.actions.apologising import TASK, apologise_in_time
from vafa.demo.tests.make import SMALL, small_shop
from vafa.demo.tests.test_living import the_shop_has_its_own_time
from vafa.jobs.models import Job
from vafa.messages.models import Message
from vafa.messages.models import State as MessageState
from vafa.promises.actions import break_overdue
from vafa.promises.models import Promise, State

pytestmark = pytest.mark.django_db
DAYS = 14
DAY = timedelta(days=1)
__all__ = ["the_shop_has_its_own_time"]


def apologies() -> list[tuple]:
    late = Message.objects.filter(template="promises.late")
    return sorted(late.values_list("about", "created_at", "state"))


def after_a_strike() -> None:
    small_shop()
    begin_strike("post", days=6)
    live_until(SMALL.last_day + DAYS * DAY, days_work=break_overdue, progress=lambda share, note: None)


def test_nobody_waits_an_hour_of_real_time_in_days_that_go_by_in_seconds():
    after_a_strike()
    written = apologies()
    assert written
    assert {state for _about, _at, state in written} == {MessageState.HELD}
    assert not Job.objects.filter(task=TASK).exists()
    late = {f"order:{ref}" for ref in Promise.objects.filter(state=State.BROKEN).values_list("subject_ref", flat=True)}
    assert {about for about, _at, _state in written} <= late


def test_an_apology_is_written_at_its_own_moment_and_once():
    after_a_strike()
    written = apologies()
    assert all(SMALL.until < at < SMALL.until + DAYS * DAY + timedelta(hours=3) for _about, at, _state in written)
    apologise_in_time(SMALL.until + 2 * DAYS * DAY)
    assert apologies() == written
