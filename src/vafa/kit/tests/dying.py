"""Processes that die without a word, as by kill -9, at any place of what they do to the database."""

import os
import signal
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


def forked(work):
    """Do `work` in a fork: what it gave as a line of text, "killed" where it died, "failed" where it ended badly.

    Everything is loaded once, before the forks, so that one starts in milliseconds; nothing may be open by then.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, str(work()).encode())
        os._exit(0)
    os.close(write)
    _child, status = os.waitpid(child, 0)
    said = os.read(read, 1000).decode() or "failed"
    os.close(read)
    return "killed" if os.WIFSIGNALED(status) else said


def answer_lines(one):
    """Answer every line of the input by what `one` makes of its words in a fork."""
    for line in sys.stdin:
        words = line.split()
        sys.stdout.write(forked(lambda words=words: one(*words)) + "\n")
        sys.stdout.flush()
