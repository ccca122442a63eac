from datetime import timedelta

import pytest
from django.db import transaction

from vafa.jobs import actions, queries
from vafa.jobs.actions.leases import retry_delay
from vafa.jobs.models import Job, State, Worker
from vafa.jobs.tests.make import MINUTE, a_job, the_row
from vafa.jobs.work import Periodic
from vafa.kit.clock import now, real_now
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


def test_work_is_asked_for_only_if_the_change_that_asks_commits():
    with transaction.atomic():
        a_job()
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_asking_twice_with_one_key_gives_the_first_job():
    first = actions.enqueue("echo", arguments={"say": 1}, unique_key="fit:7")
    second = actions.enqueue("echo", arguments={"say": 2}, unique_key="fit:7")
    assert second.pk == first.pk or second == Job.objects.get(unique_key="fit:7")
    assert Job.objects.get().arguments == {"say": 1}


def test_asking_twice_without_a_key_gives_two_jobs():
    a_job()
    a_job()
    assert Job.objects.count() == 2


def test_a_claimed_job_is_not_claimed_again():
    job = a_job()
    assert actions.claim("w1", MINUTE) == job
    assert actions.claim("w2", MINUTE) is None


def test_higher_priorities_go_first_then_the_older():
    old, new = a_job(), a_job()
    urgent = actions.enqueue("echo", arguments={}, priority=5)
    assert [actions.claim("w", MINUTE) for _ in range(3)] == [urgent, old, new]


def test_work_for_later_is_not_claimed_now():
    actions.enqueue("echo", arguments={}, run_at=real_now() + MINUTE)
    assert actions.claim("w", MINUTE) is None


def test_after_the_lease_another_worker_takes_the_job_and_the_first_can_end_nothing():
    a_job()
    lost = actions.claim("w1", -MINUTE)
    taken = actions.claim("w2", MINUTE)
    assert taken.pk == lost.pk
    before = the_row(taken)
    assert not actions.finish(lost, {"by": "w1"})
    assert not actions.extend(lost, MINUTE)
    assert not actions.report(lost, 0.5, "half")
    assert not actions.fail(lost, "no", final=True)
    assert not actions.release(lost)
    assert the_row(taken).__dict__ | {"_state": 0} == before.__dict__ | {"_state": 0}
    assert actions.finish(taken, {"by": "w2"})
    assert the_row(taken).result == {"by": "w2"}


def test_the_same_worker_cannot_end_an_earlier_attempt_of_its_own():
    a_job()
    first = actions.claim("w", -MINUTE)
    actions.claim("w", MINUTE)
    assert not actions.finish(first, None)


def test_a_failed_attempt_is_tried_again_later():
    a_job()
    job = actions.claim("w", MINUTE)
    assert actions.fail(job, "OSError: the disk is full", final=False)
    row = the_row(job)
    assert (row.state, row.error) == (State.WAITING, "OSError: the disk is full")
    assert row.free_at > real_now()


def test_delays_grow_three_times_up_to_an_hour_and_are_spread():
    assert timedelta(seconds=3.5) <= retry_delay(1) <= timedelta(seconds=6.5)
    assert timedelta(seconds=31.5) <= retry_delay(3) <= timedelta(seconds=58.5)
    assert timedelta(minutes=42) <= retry_delay(30) <= timedelta(minutes=78)
    assert len({retry_delay(3) for _ in range(5)}) > 1


def test_the_last_attempt_that_fails_leaves_a_dead_letter():
    actions.enqueue("echo", arguments={}, most_attempts=1)
    job = actions.claim("w", MINUTE)
    actions.fail(job, "no", final=False)
    assert the_row(job).state == State.FAILED
    assert actions.claim("w", MINUTE) is None


def test_a_job_that_ends_its_workers_becomes_a_dead_letter():
    actions.enqueue("echo", arguments={}, most_attempts=2)
    job = actions.claim("w1", -MINUTE)
    actions.claim("w2", -MINUTE)
    assert actions.claim("w3", MINUTE) is None
    assert (the_row(job).state, the_row(job).error) == (
        State.FAILED,
        "The worker ended in the middle of it, 2 times.",
    )


def test_released_work_is_free_at_once_and_the_attempt_does_not_count():
    job = a_job()
    actions.release(actions.claim("w1", MINUTE))
    assert the_row(job).attempt == 0
    assert actions.claim("w2", MINUTE) == job


def test_a_dead_letter_can_be_started_again():
    job = a_job()
    actions.fail(actions.claim("w", MINUTE), "no", final=True)
    actions.retry(job)
    assert actions.claim("w", MINUTE) == job


def test_only_dead_letters_can_be_started_again():
    job = a_job()
    with pytest.raises(Problem) as refused:
        actions.retry(job)
    assert refused.value.code == "job-not-failed"


def test_waiting_work_can_be_dropped_and_running_work_cannot():
    job = a_job()
    actions.claim("w", MINUTE)
    with pytest.raises(Problem) as refused:
        actions.drop(job)
    assert refused.value.code == "job-running"
    assert the_row(job).state == State.RUNNING
    actions.release(the_row(job))
    actions.drop(job)
    assert Job.objects.count() == 0


def test_a_tick_is_one_row_however_many_workers_ask():
    every_minute = Periodic("echo", every=MINUTE)
    at = real_now()
    assert actions.enqueue_tick(every_minute, at=at)
    assert not actions.enqueue_tick(every_minute, at=at)
    assert Job.objects.count() == 1


def test_the_next_tick_comes_after_the_one_before_has_ended():
    every_minute = Periodic("echo", every=MINUTE)
    at = real_now()
    actions.enqueue_tick(every_minute, at=at)
    assert not actions.enqueue_tick(every_minute, at=at + MINUTE)
    actions.finish(actions.claim("w", MINUTE), None)
    assert actions.enqueue_tick(every_minute, at=at + MINUTE)


def test_done_work_is_forgotten_after_a_month_and_dead_letters_never():
    at = real_now()
    for days, state in [(31, State.DONE), (29, State.DONE), (400, State.FAILED)]:
        Job.objects.create(task="echo", state=state, asked_at=now(), finished_at=at - timedelta(days=days))
    assert actions.forget_finished(at=at) == 1
    assert Job.objects.count() == 2


def test_the_newest_tick_is_kept_because_it_says_when_that_was_last_done():
    at = real_now()
    for days in (3, 2):
        Job.objects.create(
            task="echo", periodic=True, state=State.DONE, asked_at=now(), finished_at=at - timedelta(days=days)
        )
    assert actions.forget_finished(at=at) == 1
    assert queries.last_done_at("echo") == at - timedelta(days=2)
    assert queries.last_done_at("fit") is None


def test_a_worker_is_one_row_and_goes_with_it():
    actions.remember_worker("w", 2)
    actions.remember_worker("w", 2)
    assert Worker.objects.get().threads == 2
    actions.forget_worker("w")
    assert Worker.objects.count() == 0
