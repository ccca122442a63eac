"""Pieces of work shared out between this process and real ones beside it."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from vafa.kit.side_by_side import share_out

SUMS = "import sys, json\nfor line in sys.stdin: print(sum(json.loads(line)), flush=True)"
DIES = "import sys; sys.stdin.readline(); sys.exit(3)"
BABBLES = "import sys\nfor line in sys.stdin: print('no number', flush=True)"
PIECES = [[number, number] for number in range(50)]
ALL = 2 * sum(range(50))


def a_helper(program):
    return (sys.executable, "-c", program)


def nothing(_done):
    pass


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_every_piece_counts_once(helpers):
    assert share_out(PIECES, sum, a_helper(SUMS), helpers, nothing) == ALL


def test_a_helper_takes_pieces_while_this_process_is_busy(tmp_path):
    """The first piece here is done only when the helper has done all others."""
    seen = tmp_path / "seen"
    program = f"""
import sys, json
for line in sys.stdin:
    with open({str(seen)!r}, "a") as file:
        file.write(line)
    print(sum(json.loads(line)), flush=True)
"""

    def here(piece):
        while not seen.exists() or len(seen.read_text().splitlines()) < len(PIECES) - 1:
            pass
        return sum(piece)

    assert share_out(PIECES, here, a_helper(program), 1, nothing) == ALL


@pytest.mark.parametrize("program", [DIES, BABBLES, "import os; os.kill(os.getpid(), 9)"])
def test_what_a_helper_fails_at_is_done_by_another(program):
    assert share_out(PIECES, sum, a_helper(program), 2, nothing) == ALL


def test_what_is_told_grows_to_the_sum():
    told = []
    share_out(PIECES, sum, a_helper(SUMS), 1, told.append)
    assert (told == sorted(told), told[-1]) == (True, ALL)


def test_when_told_to_stop_the_helpers_end_and_the_signal_comes_out():
    class StopError(Exception):
        pass

    def tell(_done):
        raise StopError

    with pytest.raises(StopError):
        share_out(PIECES, sum, a_helper(SUMS), 2, tell)
    assert not [each for each in threading.enumerate() if each.name == "vafa-beside"]


def test_helpers_end_when_this_process_is_killed():
    """The helper holds the other end of a pipe of ours, so that pipe ends when the helper does."""
    program = r"""
import sys
from vafa.kit.side_by_side import share_out
helper = "import signal, sys\nsignal.signal(signal.SIGPIPE, signal.SIG_DFL)\n"  # it may be answering just then
helper += "for line in sys.stdin: sys.stdout.write('1\\n'); sys.stdout.flush()"
def here(piece):
    print("ready", flush=True)
    while True:
        pass
share_out([[1], [2], [3]], here, (sys.executable, "-c", helper), 1, lambda done: None)
"""
    read, write = os.pipe()
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=write, text=True) as parent:
        os.close(write)
        assert parent.stdout.readline() == "ready\n"
        parent.send_signal(signal.SIGKILL)
    with os.fdopen(read) as ending:
        assert ending.read() == ""  # returns only when nobody holds the other end any more
