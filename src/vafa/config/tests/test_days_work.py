"""A day that goes by in the simulated shop, with everything that the clock brings to a shop."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.config.tasks import TASKS
from vafa.demo.actions import ask_tick
from vafa.demo.models import Build
from vafa.demo.tests.make import SMALL, small_shop
from vafa.demo.tests.test_living import the_shop_has_its_own_time
from vafa.jobs.doing import do_all
from vafa.jobs.models import Job, State

pytestmark = pytest.mark.django_db(transaction=True)  # the heartbeat of a long job must see it
DAY = timedelta(days=1)
__all__ = ["the_shop_has_its_own_time"]


def test_the_worker_lets_the_day_go_by_with_all_its_work():
    small_shop()
    Job.objects.all().delete()  # the model and the look back are not asked for here
    job = ask_tick(SMALL.last_day + 2 * DAY)
    assert ask_tick(SMALL.last_day + 3 * DAY) == job  # while days go by nobody asks for more
    do_all(TASKS)
    job.refresh_from_db()
    assert (job.state, job.result) == (State.DONE, {"days": 2, "url": "/"})
    assert ask_tick(SMALL.last_day + 2 * DAY) == job
    build = Build.objects.get()
    assert (build.days_lived, build.days_worked) == (2, 2)
