import io
import json

import pytest
from django.core.management import CommandError, call_command

from vafa.jobs import actions
from vafa.jobs.models import Job, State
from vafa.jobs.tests.make import MINUTE, a_job, the_row
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


def vafa(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip().split("\n")


def a_dead_letter(task="echo"):
    job = a_job(task)
    actions.fail(actions.claim("w", MINUTE), "The file ends in the middle.", final=True)
    return the_row(job)


def test_the_list_shows_state_progress_and_error():
    dead, running = a_dead_letter(), a_job("fit")
    actions.report(actions.claim("w", MINUTE), 0.42, "half way")
    assert vafa("jobs") == [
        f"{running.public_id}  running   42 %  fit                      half way",
        f"{dead.public_id}  failed          echo                     The file ends in the middle.",
    ]


def test_the_list_may_be_narrowed():
    a_dead_letter()
    waiting = a_job()
    assert [line.split()[0] for line in vafa("jobs", "list", "--state", "waiting")] == [str(waiting.public_id)]
    assert len(vafa("jobs", "list", "--most", "1")) == 1


def test_a_dead_letter_is_started_again():
    dead = a_dead_letter()
    assert vafa("jobs", "retry", str(dead.public_id)) == ["1 will be tried again."]
    assert the_row(dead).state == State.WAITING


def test_all_dead_letters_of_a_task_are_started_again_and_the_others_stay():
    echo, fit = a_dead_letter(), a_dead_letter("fit")
    assert vafa("jobs", "retry", "--all-failed", "--task", "fit") == ["1 will be tried again."]
    assert (the_row(echo).state, the_row(fit).state) == (State.FAILED, State.WAITING)
    assert vafa("jobs", "retry", "--all-failed", "--task", "fit") == ["0 will be tried again."]


def test_all_dead_letters_are_dropped_and_what_waits_stays():
    a_dead_letter()
    a_dead_letter()
    waiting = a_job()
    assert vafa("jobs", "drop", "--all-failed") == ["2 dropped."]
    assert list(Job.objects.all()) == [waiting]


@pytest.mark.parametrize("words", [[], ["6a3c5f86-0b1c-4f4e-8f0e-000000000000", "--all-failed"]])
def test_whoever_changes_says_which_or_all_but_not_both(words):
    dead = a_dead_letter()
    with pytest.raises(CommandError, match="Say which") as refused:
        vafa("jobs", "drop", *words)
    assert (refused.value.returncode, the_row(dead).state) == (2, State.FAILED)


def test_the_list_may_be_of_one_task_and_for_programs():
    a_dead_letter()
    fit = a_job("fit", orders=7)
    (line,) = vafa("jobs", "list", "--task", "fit", "--json")
    held = json.loads(line)
    assert (held["number"], held["state"], held["arguments"]) == (str(fit.public_id), "waiting", {"orders": 7})


def test_one_is_shown_with_all_that_is_known_of_it():
    dead = a_dead_letter()
    shown = dict(line.split(None, 1) for line in vafa("jobs", "show", str(dead.public_id)))
    assert (shown["state"], shown["attempt"], shown["error"]) == ("failed", "1", "The file ends in the middle.")
    assert "note" not in shown
    assert json.loads(vafa("jobs", "show", str(dead.public_id), "--json")[0])["task"] == "echo"


def test_what_nobody_does_is_dropped():
    job = a_job()
    assert vafa("jobs", "drop", str(job.public_id)) == ["1 dropped."]
    assert Job.objects.count() == 0


def test_what_runs_is_not_dropped():
    job = a_job()
    actions.claim("w", MINUTE)
    with pytest.raises(Problem) as refused:
        vafa("jobs", "drop", str(job.public_id))
    assert refused.value.code == "job-running"
    assert Job.objects.count() == 1


@pytest.mark.parametrize("number", ["7", "x", "6a3c5f86-0b1c-4f4e-8f0e-000000000000"])
def test_a_number_that_no_work_has_is_said(number):
    with pytest.raises(CommandError, match="no work with the number") as refused:
        vafa("jobs", "retry", number)
    assert refused.value.returncode == 2


def test_the_worker_can_do_what_is_free_and_end():
    job = a_job("jobs.tidy")
    assert vafa("work", "--until-idle") == ["1 done."]
    assert the_row(job).result == {"deleted": 0}
