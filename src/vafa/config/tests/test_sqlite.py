from importlib.util import find_spec

import pytest

from vafa.config.sqlite import build_in_use, may_lose_commits


@pytest.mark.parametrize(
    ("build", "careful"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 4), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_builds_with_the_wal_reset_fault_are_known(build, careful):
    assert may_lose_commits(build) is careful


def test_the_set_up_brings_a_good_build():
    is_brought = find_spec("pysqlite3") is not None  # its wheels are for Linux on x86-64
    assert not (is_brought and may_lose_commits(build_in_use()))
