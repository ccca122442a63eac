import pytest
from django.utils import translation

from vafa.jobs.doing import do_all, do_next
from vafa.jobs.models import State
from vafa.jobs.tests.make import a_job, echo, stumble, the_row
from vafa.jobs.work import LeaseLost
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


def refuse(work):
    raise Problem("bad-file", "This file has no column for the order number.")


def test_a_task_gets_its_arguments_and_its_result_is_kept():
    job = a_job(say="salam")
    assert do_all({"echo": echo}) == 1
    assert (the_row(job).state, the_row(job).result, the_row(job).fraction) == (State.DONE, {"said": "salam"}, 1.0)


def test_nothing_to_do_is_said():
    assert not do_next("w", {"echo": echo})


def test_an_error_is_kept_in_one_line_and_tried_again(caplog):
    job = a_job("stumble")
    do_all({"stumble": stumble})
    assert (the_row(job).state, the_row(job).error) == (State.WAITING, "OSError: the disk is full")


def test_a_refusal_is_a_dead_letter_at_once_with_its_sentence():
    job = a_job("refuse")
    do_all({"refuse": refuse})
    assert (the_row(job).state, the_row(job).error) == (
        State.FAILED,
        "This file has no column for the order number.",
    )


def test_a_name_that_no_task_has_is_a_dead_letter():
    job = a_job("nobody.knows")
    do_all({})
    assert the_row(job).error == "This version of Vafa knows no task called nobody.knows."


def test_a_result_that_is_no_json_fails_the_job(caplog):
    job = a_job("odd")
    do_all({"odd": lambda work: {"set": {1}}})
    assert the_row(job).error.startswith("TypeError")


def test_a_task_speaks_the_language_of_who_asked_for_it():
    with translation.override("fa"):
        job = a_job("speak")
    do_all({"speak": lambda work: {"language": translation.get_language()}})
    assert the_row(job).result == {"language": "fa"}


def test_the_last_word_of_progress_is_kept():
    job = a_job("long")
    do_all({"long": lambda work: work.progress(0.4, "4 of 10")})
    assert the_row(job).note == "4 of 10"


def test_a_task_that_is_told_to_stop_gives_its_job_back():
    job = a_job("long")
    seen = []

    def long(work):
        seen.append(work.job.pk)
        work.stopped = True
        with pytest.raises(LeaseLost):
            work.progress(0.1)
        raise LeaseLost

    do_next("w", {"long": long})
    assert (the_row(job).state, the_row(job).attempt) == (State.WAITING, 0)
