"""What the broker is told, and what happens without it."""

from datetime import timedelta

import pytest
from django.db import transaction

from vafa.jobs import actions, announcing
from vafa.jobs.models import Job
from vafa.jobs.tests.make import MINUTE, a_job, the_row
from vafa.kit.clock import real_now

NOBODY_LISTENS = "amqp://guest:guest@127.0.0.1:1/"
LATER = timedelta(seconds=11)


@pytest.fixture
def told(settings, monkeypatch):
    """With a broker set: the row numbers that are handed to the sender."""
    settings.BROKER_URL = NOBODY_LISTENS
    offered = []
    monkeypatch.setattr(announcing, "_offer", lambda number, priority: offered.append(number))
    return offered


def sent(at=None, most=9):
    return [number for number, _priority in actions.to_be_sent(at=at or real_now(), most=most)]


@pytest.mark.django_db(transaction=True)
class TestAnnouncing:
    def test_the_broker_is_told_after_the_commit_and_only_if_there_is_one(self, told):
        with transaction.atomic():
            job = a_job()
            assert told == []
        assert told == [job.pk]
        with transaction.atomic():
            a_job()
            transaction.set_rollback(True)
        assert told == [job.pk]

    def test_work_for_later_is_left_to_the_sweep(self, told):
        actions.enqueue("echo", arguments={}, run_at=real_now() + MINUTE)
        assert told == []

    def test_without_a_broker_nobody_is_told(self, told, settings):
        settings.BROKER_URL = ""
        assert (the_row(a_job()).sent_at, told) == (None, [])

    def test_asking_does_not_fail_where_nobody_listens(self, settings):
        settings.BROKER_URL = NOBODY_LISTENS
        for _ in range(20):
            a_job()
        assert Job.objects.count() == 20


@pytest.mark.django_db
class TestTheSweep:
    def test_what_was_sent_just_now_is_not_sent_again(self, settings):
        settings.BROKER_URL = NOBODY_LISTENS
        a_job()
        assert sent() == []

    def test_what_still_waits_some_seconds_later_got_lost(self, settings):
        settings.BROKER_URL = NOBODY_LISTENS
        job = a_job()
        at = real_now() + LATER
        assert sent(at) == [job.pk]
        assert sent(at) == []
        assert sent(at + LATER) == [job.pk]

    def test_work_asked_for_before_there_was_a_broker_is_sent(self):
        job = a_job()
        assert sent() == [job.pk]

    def test_a_job_for_later_is_sent_when_its_time_has_come(self):
        job = actions.enqueue("echo", arguments={}, run_at=real_now() + MINUTE)
        assert sent() == []
        assert sent(real_now() + MINUTE) == [job.pk]

    def test_a_job_whose_lease_ran_out_is_sent_at_once_and_a_running_one_is_not(self):
        job = a_job()
        assert sent() == [job.pk]
        actions.claim("killed", MINUTE)
        assert sent(real_now() + timedelta(seconds=30)) == []
        assert sent(real_now() + 2 * MINUTE) == [job.pk]

    def test_what_was_given_back_or_is_to_be_tried_again_is_sent_again(self):
        job = a_job()
        assert sent() == [job.pk]
        actions.release(actions.claim("w", MINUTE))
        assert sent() == [job.pk]
        actions.fail(actions.claim("w", MINUTE), "no", final=False)
        assert sent(real_now() + MINUTE) == [job.pk]

    def test_the_next_ones_are_sent_first_and_no_more_than_there_is_room_for(self):
        old = a_job()
        a_job()
        urgent = actions.enqueue("echo", arguments={}, priority=5)
        assert sent(most=2) == [urgent.pk, old.pk]

    def test_what_is_over_is_never_sent(self):
        a_job()
        actions.finish(actions.claim("w", MINUTE), None)
        assert sent(real_now() + LATER) == []
