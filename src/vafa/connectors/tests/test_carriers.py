"""Every carrier's folder, by the samples that lie in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from vafa.connectors.tables import open_table
from vafa.connectors.tracking.form import FOLDER, forms, the_form
from vafa.connectors.tracking.reading import Reader
from vafa.engine.parcel_state import Status
from vafa.kit.problems import Problem

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SAMPLES = sorted(path for path in FOLDER.glob("*/samples/*") if path.suffix in {".json", ".csv"})


def reader(code: str) -> Reader:
    form = the_form(code)
    return Reader(code, form, form.zone or "UTC", NOW)


def in_words(rows) -> list[str]:
    def words(row):
        status = f"{row.status.value}/{row.reason}" if row.reason else row.status.value
        names = [row.tracking_number or "-", row.order_number or "-", row.place or "-"]
        return " ".join([row.at.isoformat(timespec="seconds"), status, *names])

    return [words(row) for row in rows]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_sample_means_what_its_folder_says(path):
    read = reader(path.parent.parent.name)
    if path.suffix == ".json":
        readings = [read.message(path.read_bytes())]
    else:
        table = open_table(path)
        cells = (dict(zip(table.headings, line.cells, strict=True)) for line in table.lines())
        readings = [read.row(json.dumps(each).encode()) for each in cells]
    assert [fault for reading in readings for fault in reading.faults] == []
    expected = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert in_words(row for reading in readings for row in reading.rows) == expected


@pytest.mark.parametrize("code", forms())
def test_every_folder_has_names_samples_and_a_delivery(code):
    form = the_form(code)
    assert set(form.names) == {"fa", "ar", "en"}
    assert any(path.parent.parent.name == code for path in SAMPLES)
    assert any(meant.status is Status.DELIVERED for meant in form.statuses.values())
    assert form.fields or form.columns


def test_what_else_happens_in_the_account_is_taken_and_says_nothing():
    batch = {"description": "batch.created", "result": {"id": "batch_1", "object": "Batch"}}
    read = reader("easypost").message(json.dumps(batch).encode())
    assert (read.rows, read.faults) == ([], [])
    broken = reader("easypost").message(json.dumps({**batch, "description": "tracker.updated"}).encode())
    assert broken.faults == [("no-events", "result.tracking_details")]


def test_words_are_found_however_their_letters_are_written():
    assert the_form("post").meaning(["تحويل به نامه رسان"]).status is Status.OUT_FOR_DELIVERY
    assert the_form("post").meaning(["تحویل به نامه‌رسان"]).status is Status.OUT_FOR_DELIVERY


def test_a_folder_that_is_not_there_is_told():
    with pytest.raises(Problem, match="aftership"):
        the_form("pigeon")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", ("not-json", "")),
        (b"\xff\xfe", ("not-json", "")),
        (b"[" * 100_000, ("not-json", "")),
        (b'{"at": NaN}', ("not-json", "")),
        (b'{"n": ' + b"9" * 10_000 + b"}", ("not-json", "")),
        (b"3", ("no-events", "")),
        (json.dumps([{}] * 2001).encode(), ("too-many-events", "2001")),
        (b'{"tracking_number": "1", "at": "2026-05-04"}', ("no-status", "")),
        (b'{"tracking_number": "1", "status": "sleeping", "at": "2026-05-04"}', ("unknown-status", "sleeping")),
        (b'{"status": "delivered", "at": "2026-05-04"}', ("no-parcel", "")),
        (b'{"status": "delivered", "tracking_number": "--", "at": "2026-05-04"}', ("no-parcel", "")),
        (b'{"status": "delivered", "tracking_number": {"$gt": ""}, "at": "2026-05-04"}', ("no-parcel", "")),
        (b'{"status": "delivered", "tracking_number": "1"}', ("no-time", "")),
        (b'{"status": "delivered", "tracking_number": "1", "at": "soon"}', ("bad-time", "soon")),
        (b'{"status": "delivered", "tracking_number": "1", "at": "1970-01-01"}', ("bad-time", "1970-01-01")),
        (b'{"status": "delivered", "tracking_number": "1", "at": "2027-01-01"}', ("in-future", "2027-01-01")),
        (json.dumps({"status": "delivered", "tracking_number": "1" * 65}).encode(), ("number-too-long", "1" * 65)),
    ],
)
def test_poison_is_named_and_does_no_harm(body, fault):
    reading = reader("signed").message(body)
    assert (reading.rows, reading.faults) == ([], [fault])


def test_one_bad_event_does_not_stop_the_others():
    good = {"tracking_number": "1", "status": "picked_up", "at": "2026-05-04T08:00:00Z"}
    form = the_form("karrio")
    body = {"tracking_number": "1", "events": [{**good, "timestamp": good["at"]}, None, {"status": "delivered"}]}
    reading = Reader("karrio", form, "UTC", NOW).message(json.dumps(body).encode())
    assert len(reading.rows) == 1
    assert [code for code, _detail in reading.faults] == ["no-status", "no-time"]
