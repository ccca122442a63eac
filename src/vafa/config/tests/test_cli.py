"""The console script's endings."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_its_sentence_alone_with_exit_code_two(process_environment):
    command = [sys.executable, "-m", "vafa.config", "jobs", "retry", "nothing-of-the-kind"]
    ended = subprocess.run(command, env=process_environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "There is no work with the number nothing-of-the-kind.\n"


def test_a_wrong_option_is_said_without_a_traceback():
    command = [sys.executable, "-m", "vafa.config", "demo", "--port", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (2, "--port must be a number from 1 to 65535.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["backtest", "--every", "0"], "“0” is not a number of days from 1 to 3650.\n"),
        (["totals", "--until", "x"], "“x” is not a day. Write it like 2026-03-20.\n"),
    ],
)
def test_a_word_that_cannot_be_read_is_one_sentence_with_exit_code_two(words, sentence):
    command = [sys.executable, "-m", "vafa.config", *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr, ended.stdout) == (2, sentence, "")
