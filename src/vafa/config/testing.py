"""A pytest plug-in, loaded before the settings are: tests get a data folder of their own and never touch the user's.

`VAFA_TEST_DATABASE_URL` chooses the database of the tests; without it `VAFA_DATABASE_URL`, without both SQLite.
`--with-database` leaves out the tests that have no database: on a second one they could only say the same again.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

WANTS = {"data", "postgresql", "redis", "rabbitmq", "chromium", "openssl"}  # what VAFA_TEST_REQUIRE may name
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
HOME = tempfile.mkdtemp(prefix="vafa-test-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

os.environ["VAFA_HOME"] = HOME
if wanted := os.environ.get("VAFA_TEST_DATABASE_URL"):
    os.environ["VAFA_DATABASE_URL"] = wanted
# Two test processes that fit models at once on two cores would spend their time waiting for each other's threads.
os.environ.setdefault("OMP_NUM_THREADS", "1")
for name in (
    "VAFA_CLOCK_SHIFT_DAYS",
    "VAFA_PUBLIC_URL",
    "VAFA_SECRET_KEY",
    "VAFA_DEBUG",
    "VAFA_BROKER_URL",
    "VAFA_CACHE_URL",
):
    os.environ.pop(name, None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--with-database", action="store_true", help="only the tests that have a database")
    parser.addoption("--no-pictures", action="store_true", help="look at pages without keeping their pictures")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """pytest-django lets a test touch the database only if it asks; who does not ask cannot tell one from another."""
    if config.getoption("with_database"):
        config.hook.pytest_deselected(items=[item for item in items if not has_database(item)])
        items[:] = filter(has_database, items)


def has_database(item: pytest.Item) -> bool:
    """Whether the test, or anything it is given, may touch the database."""
    asked = DATABASE_FIXTURES & set(getattr(item, "fixturenames", DATABASE_FIXTURES))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def required() -> set[str]:
    """The wants whose absence fails tests instead of skipping them (`VAFA_TEST_REQUIRE`)."""
    return {word.strip() for word in os.environ.get("VAFA_TEST_REQUIRE", "").split(",") if word.strip()}


def skip_or_fail(want: str, reason: str) -> NoReturn:
    """Skip with the reason; fail where the caller of the suite insists on `want`."""
    if want not in WANTS:
        raise KeyError(want)
    if want in required():
        pytest.fail(f"VAFA_TEST_REQUIRE names {want}, but {reason}")
    pytest.skip(reason)


def pytest_configure() -> None:
    """A misspelt want, or a folder that is not there, would let tests be skipped unnoticed."""
    if unknown := required() - WANTS:
        names = ", ".join(sorted(unknown))
        raise pytest.UsageError(f"VAFA_TEST_REQUIRE must name some of {', '.join(sorted(WANTS))}, not {names}.")
    folder = os.environ.get("VAFA_TEST_DATA")
    if folder and not Path(folder).is_dir():
        raise pytest.UsageError(f"VAFA_TEST_DATA names a folder that is not there: {folder!r}")
