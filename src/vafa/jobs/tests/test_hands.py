"""Several jobs claimed and ended at once."""

import threading
from datetime import timedelta

import pytest

from vafa.jobs import actions
from vafa.jobs.crew import MOST_AT_ONCE, _next_size
from vafa.jobs.doing import do
from vafa.jobs.hand import Hand
from vafa.jobs.models import Job, State
from vafa.jobs.tests.make import MINUTE, a_job, echo, stumble, the_row
from vafa.kit.clock import real_now

PATIENCE = 90


@pytest.mark.django_db
class TestClaiming:
    def test_the_oldest_jobs_of_the_highest_priority_are_claimed_together(self):
        old = a_job()
        urgent = [actions.enqueue("echo", arguments={}, priority=5) for _ in range(3)]
        assert actions.claim_several("w", MINUTE, most=2) == urgent[:2]
        assert actions.claim_several("w", MINUTE, most=9) == urgent[2:]
        assert actions.claim_several("w", MINUTE, most=9) == [old]
        assert actions.claim_several("w", MINUTE, most=9) == []

    def test_claimed_together_each_job_is_as_if_claimed_alone(self):
        first, second = a_job(), a_job()
        jobs = actions.claim_several("w", MINUTE, most=9)
        assert [(job.worker, job.attempt, job.state) for job in jobs] == [("w", 1, State.RUNNING)] * 2
        assert [(the_row(job).worker, the_row(job).attempt) for job in (first, second)] == [("w", 1)] * 2

    def test_a_job_that_was_tried_before_is_claimed_alone(self):
        for _ in range(3):
            a_job()
        actions.claim_several("killed", -MINUTE, most=3)
        fresh = a_job()
        Job.objects.filter(pk=fresh.pk).update(free_at=real_now() - timedelta(hours=1))
        assert actions.claim_several("w", MINUTE, most=9) == [fresh]
        assert [len(actions.claim_several("w", MINUTE, most=9)) for _ in range(4)] == [1, 1, 1, 0]

    def test_a_job_is_claimed_by_its_number_only_while_it_is_free(self):
        first, wanted = a_job(), a_job()
        later = actions.enqueue("echo", arguments={}, run_at=real_now() + MINUTE)
        assert actions.claim_this(wanted.pk, "w", MINUTE) == wanted
        assert actions.claim_this(wanted.pk, "w", MINUTE) is None
        assert actions.claim_this(later.pk, "w", MINUTE) is None
        assert actions.claim_this(0, "w", MINUTE) is None
        assert the_row(first).state == State.WAITING

    def test_ends_count_only_for_jobs_still_held(self):
        for _ in range(2):
            a_job()
        lost, kept = actions.claim_several("w1", MINUTE, most=2)
        Job.objects.filter(pk=lost.pk).update(free_at=real_now())
        taken = actions.claim("w2", MINUTE)
        assert actions.finish_all([(lost, None, "half"), (kept, None, "half"), (kept, {"n": 1}, "")]) == 1
        assert (the_row(kept).state, the_row(kept).note) == (State.DONE, "half")
        assert (the_row(taken).state, the_row(taken).worker) == (State.RUNNING, "w2")


@pytest.mark.django_db
class TestDoing:
    def test_every_job_of_a_hand_ends_in_its_own_way(self, caplog):
        good, bad, unknown = a_job(say=1), a_job("stumble"), a_job("nobody.knows")
        do(Hand(actions.claim_several("w", MINUTE, most=9)), {"echo": echo, "stumble": stumble}, MINUTE)
        assert [the_row(job).state for job in (good, bad, unknown)] == [State.DONE, State.WAITING, State.FAILED]
        assert (the_row(good).result, the_row(bad).attempt) == ({"said": 1}, 1)

    def test_at_the_end_what_was_not_begun_is_given_back_untried(self):
        first, second = a_job(), a_job()
        ending = threading.Event()
        tasks = {"echo": lambda work: ending.set()}
        do(Hand(actions.claim_several("w", MINUTE, most=9)), tasks, MINUTE, ending.is_set)
        assert (the_row(first).state, the_row(second).state) == (State.DONE, State.WAITING)
        assert (the_row(second).attempt, the_row(second).worker) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_behind_a_slow_job_the_others_are_given_back_and_the_ended_one_is_written_down():
    quick, slow, other = a_job("quick"), a_job("slow"), a_job("quick")

    def until_seen(work):
        end = threading.Event()
        while the_row(quick).state != State.DONE or the_row(other).state != State.WAITING:
            assert not end.wait(0.02)
        return {"other": the_row(other).attempt}

    do(Hand(actions.claim_several("w", MINUTE, most=9)), {"quick": lambda work: None, "slow": until_seen}, MINUTE)
    assert the_row(slow).result == {"other": 0}
    assert actions.claim("another", MINUTE) == other


def test_hands_grow_while_jobs_are_many_and_quick_and_hold_one_job_else():
    assert _next_size(1, 1, 0.001) == 2
    assert _next_size(2, 1, 0.001) == 1
    assert _next_size(16, 16, 5.0) == 1
    assert _next_size(MOST_AT_ONCE, MOST_AT_ONCE, 0.01) == MOST_AT_ONCE
