"""A restore is whole or it never was, also when it is killed. On SQLite and on PostgreSQL."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from vafa.accounts.models import Role, User
from vafa.config import environment
from vafa.config.backup.making import make
from vafa.config.backup.resuming import finish_restore
from vafa.config.backup.swapping import NAME, Swap, finish_interrupted
from vafa.config.tests.test_backups import VAFA, a_ledger, kill_when, nobody_listens
from vafa.kit.locks import IN_USE, locked
from vafa.promises.actions import seal
from vafa.promises.tests.make import a_promise, tehran

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(tmp_path, process_environment):
    """The environment of an installation with an empty data folder and an empty database of its own."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    ours = {**process_environment, "VAFA_HOME": str(home)}
    if connection.vendor == "sqlite":
        yield {**ours, "VAFA_DATABASE_URL": f"sqlite:///{home / 'vafa.sqlite3'}"}
        return
    address, name = process_environment["VAFA_DATABASE_URL"].rsplit("/", 1)
    with psycopg.connect(f"{address}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}_elsewhere" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}_elsewhere"')
        yield {**ours, "VAFA_DATABASE_URL": f"{address}/{name}_elsewhere"}
        server.execute(f'DROP DATABASE "{name}_elsewhere" WITH (FORCE)')


@pytest.fixture
def vafa(elsewhere):
    """Runs a command of the other installation; its exit code and what it said."""

    def vafa(*words):
        ended = subprocess.run([*VAFA, *words], env=elsewhere, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout + ended.stderr

    return vafa


@pytest.fixture
def two_backups(tmp_path):
    """One with Aram and a ledger of two seals, a later one with Bita too, a third seal and another upload."""
    uploads = Path(settings.HOME) / "imports"
    uploads.mkdir(exist_ok=True)
    User.objects.create(username="aram", role=Role.OWNER, password="!")
    (uploads / "upload").write_text("first")
    a_ledger()
    first, _said = make(tmp_path / "backups", nobody_listens)
    User.objects.create(username="bita", role=Role.AGENT, password="!")
    (uploads / "upload").write_text("second")
    a_promise(4)
    seal(tehran(4))
    second, _said = make(tmp_path / "backups", nobody_listens)
    yield str(first), str(second)
    (uploads / "upload").unlink()


FIRST = (["aram"], 2, "first")
SECOND = (["aram", "bita"], 3, "second")


def state(elsewhere):
    """What the installation holds, once a start of Vafa has finished what was begun: staff, seals, the upload."""
    database = environment.database("", elsewhere["VAFA_DATABASE_URL"])
    finish_restore(Path(elsewhere["VAFA_HOME"]), database)
    open_it = sqlite3.connect if connection.vendor == "sqlite" else psycopg.connect
    place = database["NAME"] if connection.vendor == "sqlite" else elsewhere["VAFA_DATABASE_URL"]
    with closing(open_it(place)) as other:
        staff = other.execute("SELECT username FROM accounts_user ORDER BY username").fetchall()
        seals = other.execute("SELECT count(*) FROM promises_seal").fetchone()
    upload = (Path(elsewhere["VAFA_HOME"]) / "imports" / "upload").read_text()
    return [name for (name,) in staff], seals[0], upload


def test_an_empty_installation_becomes_what_the_backup_held_and_goes_on_from_there(
    two_backups, vafa, elsewhere, tmp_path
):
    code, said = vafa("restore", two_backups[0])
    assert (code, said.split(":")[0], "older version" in said) == (0, "Restored", False)
    assert state(elsewhere) == FIRST
    (tmp_path / "password").write_text("a long password 7")
    assert vafa("staff", "add", "cyrus", "--password-file", str(tmp_path / "password"))[0] == 0  # rows find new numbers
    assert state(elsewhere)[0] == ["aram", "cyrus"]


def test_what_is_not_empty_is_replaced_only_if_that_is_said(two_backups, vafa, elsewhere):
    first, second = two_backups
    vafa("restore", first)
    code, said = vafa("restore", second)
    assert (code, said) == (
        2,
        "This installation is not empty (accounts_user: 1). To put the backup in its place: --replace\n",
    )
    assert state(elsewhere) == FIRST
    assert vafa("restore", second, "--replace")[0] == 0
    assert state(elsewhere) == SECOND
    home = Path(elsewhere["VAFA_HOME"])
    kept = [path for path in home.iterdir() if path.name.startswith("imports.before-restore-")]
    assert (kept[0] / "upload").read_text() == "first"


def test_nothing_is_restored_from_a_damaged_backup(two_backups, vafa, elsewhere):
    first, second = two_backups
    vafa("restore", first)
    (Path(second) / "home" / "imports" / "upload").write_text("secon")
    assert vafa("restore", second, "--replace") == (
        2,
        "The backup is damaged: home/imports/upload is not as it was written.\n",
    )
    assert state(elsewhere) == FIRST


def test_nothing_is_restored_while_vafa_runs_there(two_backups, vafa, elsewhere):
    with locked(Path(elsewhere["VAFA_HOME"]) / IN_USE, shared=True):
        code, said = vafa("restore", two_backups[0])
    assert (code, said.startswith("Vafa is running")) == (2, True)
    assert not (Path(elsewhere["VAFA_HOME"]) / "imports").exists()


@pytest.mark.parametrize("reached", ["imports.restoring", NAME])
def test_a_restore_killed_with_9_has_happened_or_not(two_backups, vafa, elsewhere, reached):
    first, second = two_backups
    vafa("restore", first)
    home = Path(elsewhere["VAFA_HOME"])
    kill_when(
        [*VAFA, "restore", second, "--replace"],
        elsewhere,
        lambda: any(reached in path.name for path in home.iterdir()),
    )
    assert state(elsewhere) in (FIRST, SECOND)
    assert vafa("restore", second, "--replace")[0] == 0
    assert state(elsewhere) == SECOND
    assert [path for path in home.iterdir() if ".restoring-" in path.name or path.name == NAME] == []


DIES = """
import sys
from pathlib import Path
from vafa.config.backup import swapping
move, left = swapping._move, [int(sys.argv[2])]
def die_after_some(source, target):
    if not left[0]:
        import os
        os._exit(9)
    left[0] -= 1
    move(source, target)
swapping._move = die_after_some
swapping.finish_interrupted(Path(sys.argv[1]), lambda key: True)
"""


@pytest.mark.parametrize("moves", range(11))
def test_a_swap_that_died_after_any_move_is_carried_on(tmp_path, moves):
    swap = Swap("7", [str(tmp_path / name) for name in ("database", "keys")])
    for name in ("database", "database-wal"):
        (tmp_path / name).write_text("old")
    (tmp_path / "database.restoring-7").write_text("new")
    for folder, text in (("keys", "old"), ("keys.restoring-7", "new")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one").write_text(text)
    swap.write(tmp_path)
    died = subprocess.run([sys.executable, "-c", DIES, str(tmp_path), str(moves)], env=os.environ, check=False)
    assert died.returncode == (9 if moves < 10 else 0)
    finish_interrupted(tmp_path, lambda key: True)
    held = {str(path.relative_to(tmp_path)): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert held == {
        "database": "new",
        "keys/one": "new",
        "database.before-restore-7": "old",
        "database.before-restore-7-wal": "old",
        "keys.before-restore-7/one": "old",
        IN_USE: "",
    }


def test_files_stay_as_they_were_where_the_database_was_not_changed(tmp_path):
    (tmp_path / "keys").write_text("old")
    (tmp_path / "keys.restoring-7").write_text("new")
    Swap("7", [str(tmp_path / "keys")], "config.restore:7").write(tmp_path)
    asked = []
    finish_interrupted(tmp_path, lambda key: asked.append(key) or False)
    assert (asked, (tmp_path / "keys").read_text()) == (["config.restore:7"], "old")
    assert not (tmp_path / NAME).exists()
