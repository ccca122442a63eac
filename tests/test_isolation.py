"""Tests never touch the user's own data folder, and what they skip can be insisted on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from vafa.config import testing

ROOT = Path(__file__).resolve().parent.parent
SKIPPED_FOR_GOOD = {
    "only SQLite rebuilds tables",
    "only SQLite knows INSERT OR REPLACE",
    "locks of this kind are POSIX",
    "the extra “carriers” is not installed",
}


def test_the_data_folder_of_the_tests_is_a_temporary_one():
    assert "vafa-test-" in str(settings.HOME)


def test_other_processes_see_the_database_of_the_test(db, process_environment):
    assert "test" in process_environment["VAFA_DATABASE_URL"].rsplit("/", 1)[1]
    assert process_environment["VAFA_HOME"] == os.environ["VAFA_HOME"]


def test_an_owner_may_be_asked_for(owner, agent):
    assert owner.is_owner
    assert not agent.is_owner


def the_suite() -> str:
    files = [*ROOT.glob("src/**/tests/*.py"), *ROOT.glob("tests/**/*.py"), ROOT / "conftest.py"]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file != Path(__file__))


def test_whatever_a_machine_may_lack_is_asked_for_by_a_name_that_can_be_required():
    asked = re.findall(r"skip_or_fail\(\s*\"(\w+)\"", the_suite())
    assert set(asked) == testing.WANTS
    documented = (ROOT / "docs" / "operate" / "settings.md").read_text(encoding="utf-8")
    line = next(line for line in documented.splitlines() if "`VAFA_TEST_REQUIRE`" in line)
    assert set(re.findall(r"`(\w+)`", line)) - {"VAFA_TEST_REQUIRE"} == testing.WANTS
    insisted_on = re.findall(r'VAFA_TEST_REQUIRE="([\w,]+)"', (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert set(",".join(insisted_on).split(",")) == testing.WANTS


def test_nothing_else_is_skipped():
    skips = r"(?:pytest\.skip|mark\.skipif?|importorskip|mark\.xfail)\b[^\n]*"
    reasons = re.findall(skips, the_suite())
    assert {reason for reason in reasons if not any(known in reason for known in SKIPPED_FOR_GOOD)} == set()


def test_a_want_that_is_required_fails_and_one_that_is_not_is_skipped(monkeypatch):
    monkeypatch.setenv("VAFA_TEST_REQUIRE", "data, openssl")
    with pytest.raises(pytest.fail.Exception, match="VAFA_TEST_REQUIRE names openssl, but it is not there"):
        testing.skip_or_fail("openssl", "it is not there")
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        testing.skip_or_fail("chromium", "no Chromium")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("VAFA_TEST_REQUIRE", "chromium,postgres", "VAFA_TEST_REQUIRE must name some of .*, not postgres"),
        ("VAFA_TEST_DATA", "/no/such/folder", "VAFA_TEST_DATA names a folder that is not there"),
    ],
)
def test_nonsense_in_a_variable_of_the_tests_stops_them(monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)
    with pytest.raises(pytest.UsageError, match=sentence):
        testing.pytest_configure()


def test_on_a_second_database_only_what_has_none_is_left_out():
    program = [sys.executable, "-m", "pytest", "--collect-only", "--with-database"]
    rooms = [
        "src/vafa/kit/tests/test_side_by_side.py",
        "tests/test_isolation.py",
        "src/vafa/promises/tests/test_totals.py",
    ]
    shown = subprocess.run([*program, *rooms], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "test_side_by_side.py" not in shown
    assert "test_totals.py::test_totals_are_what_counting_every_promise_gives" in shown  # marked
    kept = set(re.findall(r"test_isolation.py::(\w+)", shown))
    assert kept == {
        "test_other_processes_see_the_database_of_the_test",  # asks for it
        "test_an_owner_may_be_asked_for",  # through what it asks for
    }
