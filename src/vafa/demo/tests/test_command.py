"""`vafa demo` before it builds: where it lives, and what it refuses."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from vafa.accounts.models import Role, User
from vafa.demo.home import program, settle
from vafa.demo.lock import held
from vafa.demo.models import Build
from vafa.demo.queries import belongs_to_somebody
from vafa.demo.tests.make import small_shop
from vafa.demo.watching import watched
from vafa.jobs.actions import claim, enqueue, report
from vafa.jobs.models import Job
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop


def settled(*arguments: str, **environment: str) -> dict[str, str]:
    settle(arguments, environment)
    return environment


def test_the_demo_lives_below_the_current_folder_and_never_in_the_default_data_folder():
    assert settled()["VAFA_HOME"] == str(Path.cwd() / "var" / "demo")


def test_a_data_folder_that_is_named_is_used():
    assert settled(VAFA_HOME="/a")["VAFA_HOME"] == "/a"
    assert settled("--home", "/b", VAFA_HOME="/a")["VAFA_HOME"] == "/b"
    assert settled("--no-serve", "--home=/c")["VAFA_HOME"] == "/c"


def test_addresses_on_pages_follow_the_port():
    assert settled()["VAFA_PUBLIC_URL"] == "http://127.0.0.1:8000"
    assert settled("--port", "8123")["VAFA_PUBLIC_URL"] == "http://127.0.0.1:8123"
    assert settled(VAFA_PUBLIC_URL="https://shop.example")["VAFA_PUBLIC_URL"] == "https://shop.example"


def test_commands_are_shown_as_they_can_be_typed_here(tmp_path, monkeypatch):
    script = tmp_path / "bin" / "vafa"
    script.parent.mkdir()
    script.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(script), "demo"])
    monkeypatch.setenv("PATH", "/usr/bin")
    assert program() == str(script)
    monkeypatch.chdir(tmp_path)
    assert program() == "bin/vafa"
    monkeypatch.setenv("PATH", str(script.parent))
    assert program() == "vafa"


@pytest.mark.django_db
def test_a_real_shop_is_refused_with_a_sentence_and_not_touched():
    save_settings(name="Aram's books")
    with pytest.raises(CommandError, match="holds a real shop") as refused:
        call_command("demo", no_serve=True)
    assert refused.value.returncode == 2
    assert the_shop().name == "Aram's books"
    assert not Build.objects.exists()


@pytest.mark.django_db
def test_a_real_shop_is_refused_with_fresh_too():
    User.objects.create(username="aram", role=Role.OWNER)
    with pytest.raises(CommandError):
        call_command("demo", no_serve=True, fresh=True)
    assert User.objects.exists()


@pytest.mark.django_db
def test_a_shop_that_was_replaced_belongs_to_somebody():
    assert not belongs_to_somebody()
    small_shop()
    assert not belongs_to_somebody()
    save_settings(simulated=False)
    assert belongs_to_somebody()


def test_a_taken_port_is_said_before_anything_is_built():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken") as refused:
            call_command("demo", port=port)
    assert refused.value.returncode == 2


@pytest.mark.django_db
@pytest.mark.skipif(sys.platform == "win32", reason="locks of this kind are POSIX")
def test_a_second_demo_on_one_folder_is_refused_with_a_sentence(settings):
    with held(Path(settings.HOME), says="process 42, http://127.0.0.1:8000"):
        with pytest.raises(CommandError, match="in use already") as refused:
            call_command("demo", no_serve=True)
        assert refused.value.returncode == 2
        assert "process 42, http://127.0.0.1:8000" in str(refused.value)
        assert not Build.objects.exists()


def test_a_lock_ends_with_the_process_that_holds_it(tmp_path):
    hold = f"""
import os
from pathlib import Path
from vafa.demo.lock import held
with held(Path({str(tmp_path)!r}), says="me"):
    os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", hold], check=False).returncode == 9
    with held(tmp_path, says="next"):
        assert (tmp_path / "demo.lock").read_text() == "next"


@pytest.mark.django_db(transaction=True)
def test_waiting_for_the_figures_says_for_what_and_how_far_it_is():
    job = enqueue("delivery.fit", arguments={})
    claim("w", timedelta(minutes=1))
    seen = threading.Event()
    told: list[tuple[int, float]] = []

    def tell(running: Job) -> None:
        told.append((running.pk, running.fraction))
        if running.fraction == 0.5:
            seen.set()

    with watched(tell):
        report(Job.objects.get(pk=job.pk), 0.5, "drift")
        assert seen.wait(20)
    assert told[-1] == (job.pk, 0.5)


def test_a_port_that_is_none_is_refused():
    with pytest.raises(CommandError, match="--port") as refused:
        call_command("demo", port=70000)
    assert refused.value.returncode == 2


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["tick", "strike", "calm"])
def test_nothing_happens_in_a_real_shop(what):
    save_settings(name="Aram's books")
    with pytest.raises(CommandError, match="holds a real shop") as refused:
        call_command("demo", what)
    assert refused.value.returncode == 2
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_before_the_demo_is_built_nothing_can_happen_in_it():
    with pytest.raises(CommandError, match="no demo") as refused:
        call_command("demo", "tick")
    assert refused.value.returncode == 2


@pytest.mark.django_db
@pytest.mark.parametrize("options", [("tick", "--days=0"), ("tick", "--days=91"), ("strike", "--carrier=dhl")])
def test_what_cannot_be_is_a_sentence_and_exit_code_two(options):
    small_shop()
    with pytest.raises(CommandError) as refused:
        call_command("demo", *options)
    assert refused.value.returncode == 2
    assert not Job.objects.filter(task="demo.tick").exists()


@pytest.mark.django_db
def test_a_strike_begins_and_ends_from_the_command_line(capsys):
    small_shop()
    call_command("demo", "strike", "--carrier", "post", "--days", "3")
    call_command("demo", "calm")
    call_command("demo", "calm")
    said = capsys.readouterr().out
    assert "stands still until" in said
    assert said.endswith("The strike is over.\nNo carrier was on strike.\n")
