"""What every test may ask for. `owner` and `agent` are people, `owner_client` and `agent_client` are their browsers.

`client` (pytest-django's) is a stranger's browser. `data_folder` is the folder of real data sets beside the project.
What a machine may lack is asked for through `skip_or_fail`, so that `VAFA_TEST_REQUIRE` can insist on it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from hypothesis import settings

from vafa.config.testing import skip_or_fail
from vafa.kit import clock

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")
ROOT = Path(__file__).resolve().parent
# a password is kept as it is in a shop, only not a tenth of a second long
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_xdist_suffix: None) -> None:
    """On SQLite a real file, so that threads and other processes can open the same database."""
    from django.db import connections

    settings = connections["default"].settings_dict
    if "sqlite" in settings["ENGINE"]:
        settings["TEST"]["NAME"] = str(Path(os.environ["VAFA_HOME"]) / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """On PostgreSQL a test with real transactions ends by emptying what has rows, seldom more than ten tables.

    Django would truncate all of them, which makes new files for each and its indexes. Numbers go on, as after that.
    """
    from django.db import connection

    def empty(operations: Any, style: Any, tables: list[str], **_options: bool) -> list[str]:
        names = {table: operations.quote_name(table) for table in tables}
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in names.items())  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked))
            return [f"DELETE FROM {names[table]}" for (table,) in cursor.fetchall()]  # noqa: S608

    if connection.vendor == "postgresql":
        type(connection.ops).sql_flush = empty


@pytest.fixture(scope="session", autouse=True)
def _addresses_are_loaded() -> None:
    """Views are imported with the first address that is looked up: in a test that has put another clock into place they
    would keep that one for all tests to come.
    """
    from django.urls import get_resolver

    assert get_resolver().url_patterns


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """No test sees what another remembered, nor its time: what was moved is taken to hold for half a second."""
    cache.clear()
    clock.look_again()
    yield
    cache.clear()


@pytest.fixture
def window_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is allowed so many times a minute, quarter or hour: none of these turns while the test asks."""
    began = clock.real_now()
    monkeypatch.setattr("vafa.kit.http.real_now", lambda: began)


@pytest.fixture(autouse=True)
def _language_of_the_settings() -> Iterator[None]:
    """A page in Persian leaves its language to the thread that served it, here the next test's."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _ledger_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """The ledger and the prices refuse to be emptied, and tests with real transactions end by emptying all tables.

    The flush itself puts the triggers back, because it sends `post_migrate`.
    """
    marker = request.node.get_closest_marker("django_db")
    transactional = marker is not None and (marker.kwargs.get("transaction") or any(marker.args))
    if not transactional and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")  # set up before us, so it is torn down after us
    yield
    from vafa.catalog.triggers import PRICES
    from vafa.promises.triggers import unprotect

    unprotect()
    PRICES.unprotect()


@pytest.fixture(scope="session")
def rabbitmq_server() -> str:
    """The program `rabbitmq-server`, for tests that start, kill and restart a broker of their own."""
    debian = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one on the path there changes the user
    program = str(debian) if debian.exists() else shutil.which("rabbitmq-server")
    if program is None:
        skip_or_fail("rabbitmq", "RabbitMQ is not installed")
    return program


@pytest.fixture(scope="session")
def redis_server() -> str:
    """The program `redis-server`, for tests that start and kill a cache of their own."""
    program = shutil.which("redis-server")
    if program is None:
        skip_or_fail("redis", "Redis is not installed")
    return program


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The real data sets, read only; skipped where they are absent."""
    folder = Path(os.environ.get("VAFA_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        skip_or_fail("data", "the real data sets are not beside the project (VAFA_TEST_DATA names another folder)")
    return folder


@pytest.fixture(scope="session")
def openssl() -> None:
    """For tests that show what a receipt is worth without Vafa."""
    if shutil.which("openssl") is None:
        skip_or_fail("openssl", "openssl is not installed")


@pytest.fixture
def postgresql(db: None) -> None:
    """For tests of row locks, which SQLite does not have."""
    from django.db import connection

    if connection.vendor != "postgresql":
        skip_or_fail("postgresql", "row locks need PostgreSQL (VAFA_TEST_DATABASE_URL)")


@pytest.fixture
def process_environment() -> dict[str, str]:
    """The environment in which another `vafa` process sees the test's database (use with `transactional_db`)."""
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{settings['NAME']}"
    else:
        password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
        place = f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}"
        address = f"postgresql://{settings['USER']}{password}@{place}/{settings['NAME']}"
    return {**os.environ, "VAFA_DATABASE_URL": address}


@pytest.fixture
def owner(db: None) -> object:
    """Aram, who owns the shop."""
    from vafa.accounts.models import Role, User

    return User.objects.create(username="aram", role=Role.OWNER, password="!")  # noqa: S106 - nobody can sign in with it


@pytest.fixture
def agent(db: None) -> object:
    """Bita, who answers customers."""
    from vafa.accounts.models import Role, User

    return User.objects.create(username="bita", role=Role.AGENT, password="!")  # noqa: S106 - nobody can sign in with it


@pytest.fixture
def owner_client(owner: object) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def agent_client(agent: object) -> Client:
    client = Client()
    client.force_login(agent)
    return client
