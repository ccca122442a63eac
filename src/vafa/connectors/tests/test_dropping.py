"""Files in the drop folder: left alone while somebody writes, read once, moved away."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from vafa.connectors.actions.dropping import Dropped, collect_files
from vafa.connectors.actions.inbox import replay
from vafa.connectors.actions.sources import add_source, switch_source
from vafa.connectors.models import InboxItem, TrackingSource
from vafa.connectors.queries.tracking import drop_folder, source_view
from vafa.connectors.tests.carrier import an_order
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.kit.clock import real_now

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "کد رهگیری,وضعیت,تاریخ و ساعت,شهر\nRX1,جمع‌آوری شده,1405/02/15 10:00,تهران\nRX1,تحویل شده,1405/02/17 12:00,قم\n"


@pytest.fixture
def source(settings, tmp_path) -> TrackingSource:
    settings.HOME = tmp_path
    return add_source(code="tipax", form="tipax")


def drop(name: str = "monday.csv", text: str = TABLE, *, minutes_ago: float = 2) -> None:
    path = drop_folder("tipax") / name
    path.write_text(text, encoding="utf-8")
    moment = (real_now() - timedelta(minutes=minutes_ago)).timestamp()
    os.utime(path, (moment, moment))


def names(below: str = "") -> list[str]:
    return sorted(path.name for path in (drop_folder("tipax") / below).glob("*") if path.is_file())


def test_a_file_is_read_and_moved_away(source):
    an_order()
    drop()
    assert collect_files(source) == [Dropped("monday.csv", 2, 0)]
    assert Parcel.objects.get().status == "delivered"
    assert (names(), names("done"), names("rejects")) == ([], ["monday.csv"], [])


def test_a_source_that_tells_by_files_needs_no_secret(source):
    assert source_view(source, real_now()).health == "secret"  # so far it may be meant to tell by messages
    an_order()
    drop()
    collect_files(source)
    source.refresh_from_db()
    assert source_view(source, real_now()).health == "good"


def test_the_same_rows_in_another_file_are_nothing_new(source):
    an_order()
    drop()
    collect_files(source)
    drop("tuesday.csv")
    drop("monday.csv", TABLE)
    collect_files(source)
    assert (InboxItem.objects.count(), TrackingEvent.objects.count()) == (2, 2)
    assert names("done") == ["2-monday.csv", "monday.csv", "tuesday.csv"]


def test_a_file_that_somebody_may_still_write_is_left_alone(source):
    drop("new.csv", minutes_ago=0)
    drop("upload.csv.part")
    drop(".hidden.csv")
    drop("notes.txt")
    drop("cut.csv", TABLE[:-30])
    assert collect_files(source) == []
    assert len(names()) == 5
    assert InboxItem.objects.count() == 0


def test_a_file_that_stays_cut_off_goes_to_the_rejects_with_its_reason(source):
    drop("cut.csv", TABLE[:-30], minutes_ago=90)
    [found] = collect_files(source)
    assert "cut off" in found.problem
    assert names("rejects") == ["cut.csv"]
    assert "cut off" in TrackingSource.objects.get().last_problem


def test_rows_that_are_not_understood_are_written_to_a_file_and_the_others_count(source):
    an_order()
    drop(text=TABLE + "RX1,خواب است,1405/02/17 12:00,=HYPERLINK(1)\n")
    assert collect_files(source) == [Dropped("monday.csv", 3, 1)]
    assert Parcel.objects.get().status == "delivered"
    rejects = (drop_folder("tipax") / "rejects" / "monday.csv.rejects.csv").read_text(encoding="utf-8-sig")
    assert rejects.splitlines()[1].startswith("4,unknown-status,این وضعیت در پوشهٔ شرکت حمل نیست")
    assert "'=HYPERLINK(1)" in rejects


def test_a_reading_that_was_broken_off_is_finished(source):
    an_order()
    drop()
    taken = drop_folder("tipax") / "taken"
    taken.mkdir()
    (drop_folder("tipax") / "monday.csv").rename(taken / "monday.csv")
    collect_files(source)
    assert Parcel.objects.get().status == "delivered"
    assert names("done") == ["monday.csv"]


def test_a_source_that_is_switched_off_leaves_its_folder_alone(source):
    switch_source(source, on=False)
    source.refresh_from_db()
    drop()
    assert collect_files(source) == []


def test_a_link_out_of_the_folder_is_not_followed(source, tmp_path):
    (tmp_path / "secret.csv").write_text(TABLE, encoding="utf-8")
    (drop_folder("tipax") / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert collect_files(source, at=real_now() + timedelta(hours=1)) == []


def test_files_can_be_replayed(source):
    an_order()
    drop()
    collect_files(source)
    TrackingEvent.objects.all().delete()
    assert replay(source).events.created == 2
