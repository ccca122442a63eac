"""`vafa serve` as a real process with a data folder of its own."""

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest

PATIENCE = 90
VAFA = [sys.executable, "-m", "vafa.config"]


def wait_until(holds):
    """Look again and again; how long it takes is not what is tested."""
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)
    return found


def environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VAFA_")}
    return {**kept, "VAFA_HOME": str(home)}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    home = tmp_path_factory.mktemp("migrated")
    subprocess.run([*VAFA, "migrate", "--verbosity", "0"], check=True, env=environment(home))
    return home


@pytest.fixture
def home(tmp_path, migrated):
    return shutil.copytree(migrated, tmp_path / "home")


@pytest.fixture
def serve(home):
    """Starts `vafa serve --worker`; gives the process and its address."""
    started = []

    def serve(*options):
        command = [*VAFA, "serve", "--port", "0", *options]
        process = subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, text=True)
        started.append(process)
        line = process.stdout.readline()
        return process, line.rsplit(" ", 1)[1].strip()

    yield serve
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def run(home, *words):
    return subprocess.run([*VAFA, *words], env=environment(home), capture_output=True, text=True, timeout=PATIENCE)


def workers(home):
    with closing(sqlite3.connect(home / "vafa.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM jobs_worker").fetchone()[0]


def health(address):
    with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE) as response:
        return json.load(response)


def test_a_database_without_tables_gives_a_sentence_and_exit_code_2(tmp_path):
    refused = run(tmp_path / "new", "serve", "--port", "0")
    assert refused.returncode == 2
    assert "The database is not up to date. Run “vafa migrate”" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("words", [["work"], ["staff", "list"], ["jobs"]])
def test_commands_on_a_database_without_tables_end_with_a_sentence(tmp_path, words):
    refused = run(tmp_path / "new", *words)
    assert refused.returncode in {1, 2}
    assert "vafa migrate" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_does_not_answer_is_said(tmp_path):
    nowhere = {**environment(tmp_path / "new"), "VAFA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    refused = subprocess.run([*VAFA, "staff", "list"], env=nowhere, capture_output=True, text=True, timeout=PATIENCE)
    assert refused.returncode == 1
    assert refused.stderr.startswith("vafa: the database refused: ")
    assert "Traceback" not in refused.stderr


def test_a_port_that_is_taken_gives_a_sentence_and_exit_code_2(home):
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        refused = run(home, "serve", "--port", str(port))
    assert refused.returncode == 2
    assert f"Vafa cannot listen on 127.0.0.1:{port}" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_number_that_is_no_port_gives_a_sentence_and_exit_code_2(home, port):
    refused = run(home, "serve", f"--port={port}")
    assert refused.returncode == 2
    assert "A port is a number from 0 to 65535." in refused.stderr


def test_it_serves_pages_with_a_worker_beside_and_ends_both_in_good_order(home, serve):
    process, address = serve("--worker")
    said = [process.stdout.readline(), process.stdout.readline()]
    assert said[0].startswith("Database: SQLite ")
    assert re.search(rf"{address}/welcome/\S+/", said[1])
    wait_until(lambda: workers(home) == 1)
    assert health(address)["worker_seen_seconds"] is not None
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert workers(home) == 0


def test_the_worker_ends_when_the_web_process_is_killed(home, serve):
    process, _address = serve("--worker")
    wait_until(lambda: workers(home) == 1)
    process.kill()
    process.wait()
    wait_until(lambda: workers(home) == 0)


def test_health_says_that_nobody_works(home, serve):
    _process, address = serve()
    assert health(address) == {
        "status": "ok",
        "database": "answers",
        "shared_cache": None,
        "worker_seen_seconds": None,
        "troubles": [],
        "backup_age_seconds": None,
        "jobs": {"waiting": 0, "running": 0, "failed": 0},
    }


def test_a_nonsense_variable_stops_the_start_with_a_sentence(home):
    odd = {**environment(home), "VAFA_LOG_LEVEL": "LOUD"}
    refused = subprocess.run([*VAFA, "serve"], env=odd, capture_output=True, text=True, timeout=PATIENCE)
    assert refused.returncode == 2
    assert refused.stderr.startswith("vafa: the environment variable VAFA_LOG_LEVEL must be one of")


FIRST_VISIT = """
import sys, threading
import vafa.config.asgi
from django.test import Client
[thread.join() for thread in threading.enumerate() if thread.name == "warm-up"]
loaded = set(sys.modules)
answers = [Client().get(path, headers={"host": "localhost"}).status_code for path in ("/sign-in/", "/api/v1/docs")]
dear = {"views", "api", "templatetags", "engine", "holidays", "ninja"}
later = {name for name in set(sys.modules) - loaded if dear & set(name.split("."))}
print(answers, "holidays.countries" in loaded, sorted(later))
"""


def test_the_first_visitor_waits_for_no_page_and_no_calendar_to_be_imported(home):
    script = [sys.executable, "-c", FIRST_VISIT]
    done = subprocess.run(script, env=environment(home), capture_output=True, text=True, check=True)
    assert done.stdout == "[200, 200] True []\n"


@pytest.mark.parametrize("words", [("serve",), ("serve", "--migrate")])
def test_a_database_of_another_version_is_refused_in_one_sentence_and_left_as_it_is(home, words):
    with closing(sqlite3.connect(home / "vafa.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('orders', '0099_later', '2027-01-01')"
        )
    before = (home / "vafa.sqlite3").read_bytes()
    done = run(home, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "another version of Vafa: it has orders.0099_later, which this one does not know." in done.stderr
    assert (home / "vafa.sqlite3").read_bytes() == before
