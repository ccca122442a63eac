"""Real worker processes against the test's database."""

import contextlib
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from vafa.jobs import actions
from vafa.jobs.crew import Crew
from vafa.jobs.models import Job, State, Worker
from vafa.jobs.tests.make import MINUTE, a_job, the_row
from vafa.kit.tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 90


def wait_until(holds):
    """Look again and again; how long it takes is not what is tested."""
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)
    return found


@pytest.fixture
def start(tmp_path, process_environment):
    """Starts worker processes and ends them after the test."""
    started = []

    def start(lease=60.0, grace=10.0, parent=()):
        command = [sys.executable, "-m", "vafa.jobs.tests.crew_process", str(tmp_path), str(lease), str(grace), *parent]
        started.append(subprocess.Popen(command, env=process_environment))
        return started[-1]

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()


def is_running(folder, process):
    return (folder / f"started-{process.pid}").exists


def test_after_kill_9_the_job_runs_again_when_its_lease_is_over_and_finishes(start, tmp_path):
    job = a_job("slow")
    first = start(lease=1)
    wait_until(is_running(tmp_path, first))
    first.kill()
    first.wait()
    assert the_row(job).state == State.RUNNING
    (tmp_path / "go").touch()
    second = start(lease=1)
    wait_until(lambda: the_row(job).state == State.DONE)
    assert (the_row(job).attempt, the_row(job).result) == (2, {"process": second.pid})


def test_the_heartbeat_holds_the_lease_of_a_job_that_takes_longer(start, tmp_path):
    job = a_job("slow")
    start(lease=0.6)
    wait_until(lambda: the_row(job).started_at)
    began = the_row(job).started_at
    wait_until(lambda: the_row(job).free_at > began + timedelta(seconds=2))
    assert actions.claim("another", MINUTE) is None
    assert the_row(job).attempt == 1


def test_progress_is_seen_while_the_job_runs(start):
    job = a_job("slow")
    start()
    wait_until(lambda: the_row(job).note == "half way")
    assert (the_row(job).fraction, the_row(job).state) == (0.5, State.RUNNING)


def test_at_sigterm_the_running_job_is_finished_and_no_other_begun(start, tmp_path):
    job = a_job("slow")
    worker = start()
    wait_until(is_running(tmp_path, worker))
    worker.terminate()
    later = a_job("mark")
    (tmp_path / "go").touch()
    assert worker.wait(PATIENCE) == 0
    assert (the_row(job).state, the_row(later).state) == (State.DONE, State.WAITING)
    assert Worker.objects.count() == 0


def test_a_signal_that_comes_while_the_worker_is_about_to_wait_is_heard():
    crew = Crew({})
    with crew.ending._cond:  # as `wait` holds it for a moment, in the thread that catches signals
        crew._told_to_end()
    assert crew.ending.wait(PATIENCE)


@pytest.mark.parametrize("task", ["slow", "deaf"])
def test_a_job_that_does_not_end_in_time_is_given_back_at_once(start, tmp_path, task):
    job = a_job(task)
    worker = start(grace=0.0)
    wait_until(is_running(tmp_path, worker))
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    assert (the_row(job).state, the_row(job).attempt) == (State.WAITING, 0)
    assert actions.claim("another", MINUTE) == job


def test_two_workers_do_every_job_once(start, tmp_path):
    jobs = {a_job("mark").pk for _ in range(60)}
    start()
    start()
    wait_until(lambda: Job.objects.filter(state=State.DONE).count() == 60)
    marks = [int(line) for line in (tmp_path / "marks").read_text().split()]
    assert sorted(marks) == sorted(jobs)


def test_a_worker_whose_starter_was_killed_ends(start, tmp_path, process_environment):
    program = "import os, subprocess, sys; subprocess.Popen([*sys.argv[1:], str(os.getpid())]).wait()"
    crew = [sys.executable, "-m", "vafa.jobs.tests.crew_process", str(tmp_path), "60", "10"]
    starter = subprocess.Popen([sys.executable, "-c", program, *crew], env=process_environment)
    wait_until(Worker.objects.exists)
    starter.kill()
    starter.wait()
    wait_until(lambda: not Worker.objects.exists())


def test_many_threads_claim_every_job_once():
    jobs = {a_job().pk for _ in range(40)}
    claimed = []

    def work():
        while job := actions.claim(threading.current_thread().name, MINUTE):
            claimed.append(job.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    missing = jobs - set(claimed)
    while missing and (job := actions.claim("last", MINUTE)):  # a claim that lost a race may have ended a thread early
        claimed.append(job.pk)
    assert sorted(claimed) == sorted(jobs)


def test_a_job_that_another_worker_is_just_taking_is_passed_over(postgresql):
    first, second = a_job(), a_job()
    locked, over = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Job.objects.select_for_update().get(pk=first.pk)
            locked.set()
            over.wait(PATIENCE)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(PATIENCE)
    assert actions.claim("w", MINUTE) == second
    over.set()
    holder.join()


def test_asking_with_one_key_from_two_transactions_gives_one_job():
    @transaction.atomic
    def ask():
        return actions.enqueue("mark", arguments={}, unique_key="once").pk

    assert len(at_once(ask, ask)) == 2
    assert Job.objects.count() == 1
