"""Several at once, in real threads, on the database the suite runs on."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from vafa.kit.problems import Problem

PATIENCE = 30  # seconds, for a busy machine


def at_once(*works):
    """Run each work in a thread of its own, all released together; their results, Problems among them."""
    gate = Barrier(len(works))

    def run(work):
        try:
            gate.wait(timeout=PATIENCE)
            return work()
        except Problem as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def refused(results):
    """The codes of what was refused, in alphabetical order."""
    return sorted(result.code for result in results if isinstance(result, Problem))
