from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from vafa.connectors.mapping import toml_text
from vafa.connectors.models import ImportRun
from vafa.connectors.tests.make import MAPPING, ROWS, csv_file, everything, olist_folder, refused
from vafa.orders.models import Order
from vafa.promises.models import Promise, PromiseEvent

ORDERS = 1500
ENDED = {"kept": ORDERS // 2, "broken": ORDERS // 2}
CODE = "from vafa.config.cli import main; main()"


def vafa(environment: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CODE, *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def mapping(tmp_path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(toml_text(MAPPING), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_the_figures_are_printed(tmp_path, mapping, capsys):
    rows = [*ROWS, ["A9", "never", "", "", "", "", ""]]
    call_command("import", "orders", csv_file(tmp_path, rows), mapping=str(mapping), rejects=tmp_path / "lost.csv")
    shown = capsys.readouterr().out
    assert "5 orders read." in shown
    assert "orders: 5 new, 0 changed, 0 as before" in shown
    assert "1 row could not be used." in shown
    assert str(tmp_path / "lost.csv") in shown


@pytest.mark.django_db
def test_the_second_run_changes_nothing_at_all(tmp_path, mapping, capsys):
    path = csv_file(tmp_path)
    call_command("import", "orders", path, mapping=str(mapping))
    before = everything()
    call_command("import", "orders", path, mapping=str(mapping))
    assert "Nothing new: everything in this file was known already." in capsys.readouterr().out
    assert everything() == before
    assert ImportRun.objects.get().state == "done"


@pytest.mark.django_db
def test_the_figures_come_as_json_too(tmp_path, mapping, capsys):
    call_command("import", "orders", csv_file(tmp_path), mapping=str(mapping), json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["survey"]["orders"], found["promises"]) == (5, {"created": 5, "updated": 0, "unchanged": 0})


@pytest.mark.django_db(transaction=True)
def test_bad_input_is_one_sentence_and_exit_code_2(tmp_path, mapping, process_environment):
    path = tmp_path / "bad.csv"
    path.write_bytes(b"order,ordered_on,promised_on\nA1,2026-03-0")
    before = everything()
    done = vafa(process_environment, "import", "orders", path, "--mapping", mapping)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "The file “bad.csv” is cut off: it ends in the middle of line 2.\n"
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"foo,bar\n1,2\n", "wrong-columns"),
        (b"order,ordered_on\nA1,\xff\xfe\xfd\n", "file-encoding"),
        (b"order,ordered_on\n", "no-orders"),
    ],
)
def test_bad_input_leaves_no_trace(tmp_path, mapping, content, code):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = everything()
    with refused(code):
        call_command("import", "orders", path, mapping=str(mapping))
    assert everything() == before


@pytest.mark.django_db
def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with refused("file-missing"):
        call_command("import", "olist", tmp_path / "empty")


def many_orders(folder: Path) -> Path:
    """Fifteen hundred orders: enough to be killed in the middle."""
    rows = [
        [
            f"N{number}",
            f"2026-01-{number % 28 + 1:02} 10:00",
            "2026-02-10",
            f"2026-02-{number % 20 + 1:02}",
            "Shiraz",
            "5",
            "x",
        ]
        for number in range(ORDERS)
    ]
    return csv_file(folder, rows)


def start_and_kill(environment: dict[str, str], path: Path, mapping: Path) -> None:
    command = [sys.executable, "-c", CODE, "import", "orders", str(path), "--mapping", str(mapping)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and Order.objects.count() < 500:
        time.sleep(0.01)  # nothing else tells that it is in the middle
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.django_db(transaction=True)
def test_killed_halfway_and_started_again_it_ends_in_the_same_state(tmp_path, mapping, process_environment):
    path = many_orders(tmp_path)
    start_and_kill(process_environment, path, mapping)
    assert 0 < Order.objects.count() < ORDERS
    assert vafa(process_environment, "import", "orders", path, "--mapping", mapping).returncode == 0
    kept = {f"N{number}": 9 - number % 20 for number in range(ORDERS)}
    assert dict(Promise.objects.values_list("subject_ref", "margin_days")) == kept
    assert Counter(PromiseEvent.objects.values_list("kind", flat=True)) == {"made": ORDERS, **ENDED}
    assert Order.objects.filter(parcels__delivered_at__isnull=False, place__code="shiraz").count() == ORDERS


@pytest.mark.django_db
def test_olist_is_imported_by_one_command(tmp_path, capsys):
    call_command("import", "olist", olist_folder(tmp_path))
    assert "6 orders read." in capsys.readouterr().out
    assert ImportRun.objects.get().file_name == "olist"
