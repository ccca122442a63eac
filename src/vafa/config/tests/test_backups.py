"""Backups are whole, whoever writes or dies meanwhile. On SQLite and on PostgreSQL."""

import io
import json
import re
import shutil
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

import vafa
from vafa.config.backup import daily, databases, manifest
from vafa.config.backup.making import KEPT_FILES, MADE_ANEW, PARTIAL, backups_in, forget_old, make, read_back
from vafa.jobs import actions
from vafa.jobs.doing import do_all
from vafa.jobs.models import Job
from vafa.jobs.tests.make import the_row
from vafa.jobs.work import Periodic
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.promises import triggers
from vafa.promises.actions import seal
from vafa.promises.models import Promise
from vafa.promises.tests.make import a_promise, tehran

pytestmark = pytest.mark.django_db(transaction=True)
VAFA = [sys.executable, "-m", "vafa.config"]
PATIENCE = 120


def nobody_listens(share, note):
    """For `make` and `restore`."""


def a_ledger():
    """Three promises, sealed on two days."""
    a_promise(1)
    seal(tehran(2))
    a_promise(2)
    a_promise(3)
    seal(tehran(3))


def mode(path):
    return path.stat().st_mode & 0o777


def test_a_backup_holds_database_keys_and_files_and_is_read_back(tmp_path):
    a_ledger()
    upload = Path(settings.HOME) / "imports" / "an-upload.csv"
    upload.parent.mkdir(exist_ok=True)
    upload.write_text("order,day\n")
    backup, said = make(tmp_path, nobody_listens)
    assert (said.rows["promises_promise"], said.rows["promises_seal"], said.seals) == (3, 2, 2)
    assert (backup / "home" / "imports" / "an-upload.csv").read_text() == "order,day\n"
    assert (backup / "home" / "secret-key").read_bytes() == (Path(settings.HOME) / "secret-key").read_bytes()
    assert {path.name for path in (Path(settings.HOME) / "keys").iterdir()} == {
        path.name for path in (backup / "home" / "keys").iterdir()
    }
    assert manifest.read(backup) == said
    upload.unlink()


def test_only_the_owner_may_look_into_a_backup(tmp_path):
    deep = Path(settings.HOME) / "files" / "one" / "below"
    deep.mkdir(parents=True)
    (deep / "kept.txt").write_text("kept", encoding="utf-8")
    backup, _said = make(tmp_path / "made", nobody_listens)
    shutil.rmtree(deep.parent)
    everything = [backup, *backup.rglob("*")]
    assert {mode(path) for path in everything if path.is_dir()} == {0o700}
    assert {mode(path) for path in everything if path.is_file()} == {0o600}


def test_reading_a_copy_reads_the_copy_and_not_the_shop(tmp_path):
    a_ledger()
    backup, said = make(tmp_path, nobody_listens)
    a_promise(4)
    with databases.opened(backup, said.vendor):
        assert Promise.objects.count() == 3
    assert Promise.objects.count() == 4
    assert read_back(backup, said).seal == said.seal


def test_a_copy_whose_ledger_was_changed_is_no_backup(tmp_path):
    a_ledger()
    triggers.unprotect()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE promises_seal SET root = '00' WHERE number = 1")
    with pytest.raises(Problem, match="seal-changed 1"):
        make(tmp_path, nobody_listens)
    assert backups_in(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "added"])
def test_a_backup_that_was_damaged_later_is_found(tmp_path, harm):
    backup, said = make(tmp_path, nobody_listens)
    secret = backup / "home" / "secret-key"
    if harm == "gone":
        secret.unlink()
    else:
        written = {"cut": secret.read_text()[:-1], "changed": "x" * 64, "added": "more"}[harm]
        (backup / "home" / "stranger" if harm == "added" else secret).write_text(written)
    with pytest.raises(Problem, match="damaged"):
        manifest.check_files(backup, said)


def test_a_folder_without_a_backup_is_said_to_be_none(tmp_path):
    with pytest.raises(Problem, match="no backup"):
        manifest.read(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": 7}')
    with pytest.raises(Problem, match="newer version"):
        manifest.read(tmp_path)


def test_the_copy_is_one_moment_while_others_write(tmp_path):
    """A writer commits two rows at a time; a copy of one moment never holds an odd number of them."""
    over, begun = threading.Event(), threading.Event()

    def write():
        while not over.is_set():
            with transaction.atomic():
                actions.enqueue("pair", arguments={})
                actions.enqueue("pair", arguments={})
            begun.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        begun.wait(PATIENCE)
        for number in range(3):
            backup, said = make(tmp_path / str(number), nobody_listens)
            with databases.opened(backup, said.vendor):
                assert Job.objects.filter(task="pair").count() % 2 == 0
    finally:
        over.set()
        writer.join()


def test_two_at_once_are_refused(tmp_path):
    refusals = []

    def tell(share, note):
        if not refusals:
            with pytest.raises(Problem, match="running already") as refused:
                make(tmp_path, nobody_listens)
            refusals.append(refused.value.status)

    make(tmp_path, tell)
    assert (refusals, len(backups_in(tmp_path))) == ([409], 1)


def kill_when(command, environment, holds):
    """Run it and kill it with -9 as soon as `holds`; it may have been faster."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while process.poll() is None and not holds():
        assert time.monotonic() < end
        time.sleep(0.001)
    process.kill()
    process.wait()


@pytest.mark.parametrize("reached", ["", "home", "manifest.json"])
def test_a_backup_killed_with_9_leaves_no_half_of_one_behind(tmp_path, process_environment, reached):
    a_ledger()
    kill_when(
        [*VAFA, "backup", "--to", str(tmp_path)],
        process_environment,
        lambda: any((path / reached).exists() for path in tmp_path.glob(f"*{PARTIAL}")),
    )
    for backup in backups_in(tmp_path):  # at the last moment it may have been whole
        manifest.check_files(backup, manifest.read(backup))
    made, said = make(tmp_path, nobody_listens)
    assert backups_in(tmp_path)[0] == made
    assert list(tmp_path.glob(f"*{PARTIAL}")) == []
    assert read_back(made, said).rows["promises_promise"] == 3


def test_the_command_makes_lists_and_checks(tmp_path):
    def vafa(*words):
        out = io.StringIO()
        call_command("backup", *words, stdout=out)
        return out.getvalue()

    made = json.loads(vafa("--to", str(tmp_path), "--json"))
    assert vafa("--to", str(tmp_path), "--list").startswith(made["backup"])
    assert vafa("--check", made["backup"]).startswith("Whole: ")
    (Path(made["backup"]) / "home" / "secret-key").write_text("x")
    with pytest.raises(Problem, match="damaged"):
        vafa("--check", made["backup"])


def folders(place, *names):
    for name in names:
        (place / f"vafa-{name}-abcdef").mkdir()


def test_of_each_day_the_newest_is_kept_and_all_of_the_newest_day(tmp_path):
    folders(tmp_path, "20260301T030000Z", "20260302T030000Z", "20260302T180000Z", "20260303T030000Z")
    folders(tmp_path, "20260304T030000Z", "20260304T110000Z")
    gone = forget_old(tmp_path, 3)
    assert sorted(name[5:16] for name in gone) == ["20260301T03", "20260302T03"]
    assert [path.name[5:16] for path in backups_in(tmp_path)] == [
        "20260304T11",
        "20260304T03",
        "20260303T03",
        "20260302T18",
    ]


def test_the_worker_makes_one_a_day_and_says_so(settings, tmp_path):
    settings.BACKUPS = str(tmp_path)
    assert daily.notice().tone == "warn"
    actions.enqueue_tick(Periodic(daily.TASK, every=timedelta(days=1)), at=real_now())
    job = Job.objects.get()
    do_all({daily.TASK: daily.backup})
    assert the_row(job).result["backup"] == backups_in(tmp_path)[0].name
    assert daily.notice().tone == "good"
    Job.objects.filter(pk=job.pk).update(finished_at=real_now() - timedelta(days=3))
    backups_in(tmp_path)[0].rename(tmp_path / "vafa-20260301T030000Z-abcdef")
    assert daily.notice().tone == "bad"
    assert real_now() - daily.newest_at() > timedelta(days=2)


def test_daily_backups_can_be_switched_off(settings, tmp_path):
    settings.BACKUPS, settings.BACKUPS_KEEP = str(tmp_path), 0
    actions.enqueue_tick(Periodic(daily.TASK, every=timedelta(days=1)), at=real_now())
    job = Job.objects.get()
    do_all({daily.TASK: daily.backup})
    assert (the_row(job).result, backups_in(tmp_path), daily.notice()) == (None, [], None)


def test_the_age_is_of_the_newest_backup_there_is(settings, tmp_path):
    settings.BACKUPS = str(tmp_path)
    folders(tmp_path, "20260301T030000Z", "20260302T030000Z")
    assert daily.newest_at() == datetime(2026, 3, 2, 3, tzinfo=UTC)


def test_whatever_a_room_keeps_in_the_data_folder_is_in_the_backup():
    sources = [path for path in Path(vafa.__path__[0]).rglob("*.py") if "tests" not in path.parts]
    named = {name for path in sources for name in re.findall(r'\bHOME\)? / "([\w-]+)"', path.read_text("utf-8"))}
    assert named - {"vafa.sqlite3", "backups"} - set(MADE_ANEW) == set(KEPT_FILES)
