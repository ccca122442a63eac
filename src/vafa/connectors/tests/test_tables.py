from __future__ import annotations

import gzip
import zipfile
from datetime import datetime

import pytest

from vafa.connectors.tables import open_table
from vafa.connectors.tests.make import csv_file, csv_text, cut, xlsx_file
from vafa.connectors.tests.make import refused as is_refused
from vafa.kit.problems import Problem

ROWS = [["A1", "شیراز"], ["A2", "تهران"]]
HEADINGS = ["شماره", "شهر"]


def cells(path):
    return [line.cells for line in open_table(path).lines()]


def refused(path) -> str:
    with pytest.raises(Problem) as problem:
        list(open_table(path).lines())
    assert str(problem.value.sentence).endswith(".")
    return problem.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_the_encoding_is_found_out(tmp_path, encoding):
    path = tmp_path / "a.csv"
    text = csv_text(ROWS * 20, HEADINGS)
    path.write_bytes((text if encoding != "cp1256" else text.replace("ی", "ي")).encode(encoding))
    table = open_table(path)
    assert table.headings == HEADINGS
    assert cells(path)[1] == ["A2", "تهران"]


def test_western_codepages_are_found_out_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text([["A1", "São Paulo"], ["A2", "Curitiba – Água Verde"]]).encode("cp1252"))
    assert cells(path)[0][1] == "São Paulo"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(tmp_path, separator):
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["A1", "Shiraz, Iran; south"], ["A2", "x"]], ["number", "city"], separator))
    assert cells(path) == [["A1", "Shiraz, Iran; south"], ["A2", "x"]]


def test_rows_know_their_line_also_after_text_over_several_lines(tmp_path):
    path = csv_file(tmp_path, [["A1", "two\nlines"], ["A2", "x"]], ["number", "note"])
    assert [line.number for line in open_table(path).lines()] == [2, 4]


def test_short_rows_are_filled_up_and_blank_ones_passed_over(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("number,city,price\nA1\n\n,,\nA2,x\n")
    assert cells(path) == [["A1", "", ""], ["A2", "x", ""]]


def test_gzip_is_unpacked(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(csv_text(ROWS, HEADINGS).encode()))
    assert cells(path) == ROWS


def test_a_workbook_is_read_as_text_with_iso_dates(tmp_path):
    path = xlsx_file(
        tmp_path, [["A1", datetime(2026, 3, 1, 10, 30), 12.0], ["A2", datetime(2026, 3, 2), 1.5]], ["n", "d", "p"]
    )
    assert cells(path) == [["A1", "2026-03-01 10:30:00", "12"], ["A2", "2026-03-02", "1.5"]]


def test_the_first_sheet_with_rows_is_used(tmp_path):
    path = xlsx_file(tmp_path, [["A1", "x"]], ["n", "c"])
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.create_sheet("empty", 0)
    book.save(path)
    assert open_table(path).layout.sheet == "Sheet"


def test_a_file_cut_in_the_middle_of_a_row_is_refused(tmp_path):
    path = csv_file(tmp_path, [["A1", "x", "y"], ["A2", "x", "y"]], ["n", "c", "d"])
    path.write_bytes(path.read_bytes()[:-4])
    assert refused(path) == "file-cut-off"


def test_a_file_cut_within_quotes_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('n,c\nA1,"Shi')
    assert refused(path) == "file-cut-off"


def test_a_cut_gzip_and_a_cut_workbook_are_refused(tmp_path):
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(csv_text(ROWS * 500, HEADINGS).encode()))
    book = xlsx_file(tmp_path, ROWS * 50, HEADINGS)
    assert {refused(cut(packed, 0.6)), refused(cut(book, 0.6))} == {"file-cut-off"}


def test_broken_text_is_refused_with_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("n,c\nA1,شیراز\nA2,".encode() + b"\xff\xfe\n")
    with is_refused("file-encoding") as problem:
        open_table(path)
    assert "line 3" in str(problem.value.sentence)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\n\n", "file-empty"),
        (b"%PDF-1.7 ...", "file-not-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-old-excel"),
        (b"n,c\nA1,\x00\x01\x02\n", "file-not-text"),
        (b"PK\x03\x04 and then nothing", "file-cut-off"),
        (b"\x1f\x8b\x08\x00 and then nothing", "file-cut-off"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, code):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    assert (refused(tmp_path), refused(tmp_path / "none.csv")) == ("file-is-folder", "file-unreadable")


def test_a_packed_bomb_is_refused_before_it_unfolds(tmp_path, settings):
    settings.MAX_UPLOAD_BYTES = 10_000
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(b"n,c\n" + b"A1,x\n" * 100_000))
    book = tmp_path / "a.xlsx"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_000)
    assert {refused(packed), refused(book)} == {"file-too-large"}


def test_another_zip_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("orders.csv", "n,c\n")
    assert refused(path) == "file-cut-off"


def test_a_workbook_that_claims_a_million_columns_is_read_by_what_it_holds(tmp_path):
    path = xlsx_file(tmp_path, [["A1", "x"]], ["n", "c"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert cells(path) == [["A1", "x"]]
