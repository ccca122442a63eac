"""Processes that die without a word, as by kill -9, at any place of what they do to the database."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from django.db import connection


class Places:
    """The places passed so far: before a statement, before a commit, after it. At `dies_at` the process is no more."""

    def __init__(self, dies_at):
        self.passed, self.dies_at = 0, dies_at

    def step(self):
        self.passed += 1
        if self.passed == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def dying_at(number):
    """What is done inside dies at the place of this number (0: nowhere); gives the places that were passed."""
    places, commit = Places(number), connection._commit

    def counting(execute, sql, parameters, many, context):
        places.step()
        return execute(sql, parameters, many, context)

    def committing():
        places.step()
        commit()
        places.step()

    connection._commit = committing
    try:
        with connection.execute_wrapper(counting):
            yield places
    finally:
        del connection._commit


def forked(*works):
    """Do each of `works` in a fork, all at once: what each gave as text, "killed" where it died, "failed" where it
    ended badly.

    Everything is loaded once, before the forks, so that one starts in milliseconds; nothing may be open by then.
    """
    return [_end(*begun) for begun in [_begin(work) for work in works]]


def _begin(work):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, str(work()).encode())
        os._exit(0)
    os.close(write)
    return child, read


def _end(child, read):
    _child, status = os.waitpid(child, 0)
    said = os.read(read, 1000).decode() or "failed"
    os.close(read)
    return "killed" if os.WIFSIGNALED(status) else said


def answer_lines(one):
    """Answer every line of the input by what `one` makes of its words in a fork."""
    for line in sys.stdin:
        words = line.split()
        _say(*forked(lambda words=words: one(*words)))


def answer_lines_at_once(one):
    """Answer every line of the input by what `one` makes of each of its words, all in forks at once."""
    for line in sys.stdin:
        _say(*forked(*[lambda word=word: one(word) for word in line.split()]))


def _say(*answers):
    sys.stdout.write(" ".join(answers) + "\n")
    sys.stdout.flush()


@contextmanager
def process_that_answers(arguments, environment):
    """Gives a function that sends another Python process a line of words and returns the line it answers."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        env={**environment, "DJANGO_SETTINGS_MODULE": "vafa.config.settings", "VAFA_LOG_LEVEL": "ERROR"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def ask(*words):
            process.stdin.write(" ".join(map(str, words)) + "\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        yield ask
