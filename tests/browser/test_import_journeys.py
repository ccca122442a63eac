"""A new owner brings the orders, in a real browser: from the file to the first report, and the ways people go wrong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import jdatetime
import pytest
from django.urls import reverse
from openpyxl import Workbook

from vafa.config.tasks import TASKS
from vafa.connectors.models import ImportRun, ImportState
from vafa.jobs.doing import do_all
from vafa.jobs.models import Job
from vafa.orders.models import Order
from vafa.promises.models import Promise

HEADINGS = [
    "شماره سفارش",
    "تاریخ ثبت سفارش",
    "شهر",
    "تاریخ وعده تحویل",
    "تاریخ تحویل",
    "مبلغ کل (تومان)",
    "وضعیت سفارش",
]
FIRST = date(2026, 2, 1)
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def jalali(day: date) -> str:
    return str(jdatetime.date.fromgregorian(date=day).strftime("%Y/%m/%d"))


def rows() -> list[list[str]]:
    """Thirty orders of one a day, promised for the third day; every third of them came on the fifth."""
    found = []
    for number in range(30):
        placed, late = FIRST + timedelta(days=number), number % 3 == 0
        delivered = placed + timedelta(days=5 if late else 2)
        days = [jalali(placed), "شیراز", jalali(placed + timedelta(days=3)), jalali(delivered)]
        found.append([str(1000 + number), *days, "250000", "تکمیل شده"])
    return found


def text(separator: str = ";") -> str:
    return "".join(separator.join(row) + "\n" for row in [HEADINGS, *rows()])


@pytest.fixture
def persian_file(tmp_path: Path) -> Path:
    path = tmp_path / "سفارش‌ها.csv"
    path.write_text(text().translate(PERSIAN), encoding="utf-8")
    return path


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """As an old program in Persian Windows writes it: that code page has neither Persian digits nor a Persian yeh."""
    path = tmp_path / "orders.csv"
    path.write_bytes(text().replace("ی", "ي").encode("windows-1256"))
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    book.active.append(["Order", "Date", "City", "Promised", "Delivered"])
    for number in range(30):
        placed = FIRST + timedelta(days=number)
        days = [placed + timedelta(days=3), placed + timedelta(days=5 if number % 3 == 0 else 2)]
        book.active.append([1000 + number, placed, "Shiraz", *days])
    book.save(tmp_path / "orders.xlsx")
    return tmp_path / "orders.xlsx"


def bring(page, path: Path) -> None:
    page.locator("[data-drop] input[type=file]").set_input_files(path)
    page.locator("[data-drop] .btn-primary").click()
    page.wait_for_load_state("networkidle")


def show_first_rows(page) -> None:
    page.locator("#columns .actions .btn-primary").click()
    page.wait_for_url("**/preview/")


@pytest.mark.parametrize("file", ["persian_file", "old_file", "workbook"])
def test_a_new_owner_comes_from_the_file_to_the_report_without_correcting_anything(visit, owner, request, file):
    page = visit("/import/", user=owner, language="fa")
    bring(page, request.getfixturevalue(file))
    show_first_rows(page)
    assert page.locator(".stats").inner_text().count("۳۰") == 3  # orders, with a promise, delivered
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**watch=1")
    do_all(TASKS)
    page.wait_for_url("**/report/")
    assert "۱۰ قول از ۳۰ قول شما نقض شد." in page.locator("main").inner_text()
    assert (Order.objects.count(), Promise.objects.filter(state="broken").count()) == (30, 10)
    assert page.faults == []


def test_back_and_double_clicks_make_one_import(visit, owner, old_file):
    page = visit("/import/", user=owner)
    bring(page, old_file)
    show_first_rows(page)
    page.go_back()
    page.wait_for_url("**/columns/")
    show_first_rows(page)
    page.locator("main form .btn-primary").dblclick()
    page.wait_for_url("**watch=1")
    assert Job.objects.filter(task="connectors.import").count() == 1
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert ImportRun.objects.get().state == ImportState.WAITING


def test_the_same_file_again_is_noticed_and_changes_nothing(visit, owner, persian_file):
    for _time in range(2):
        page = visit("/import/", user=owner)
        bring(page, persian_file)
        show_first_rows(page)
        noticed = page.get_by_text("This very file has been imported already").is_visible()
        page.locator("main form .btn-primary").click()
        page.wait_for_url("**watch=1")
        do_all(TASKS)
    assert (noticed, Order.objects.count(), Promise.objects.count()) == (True, 30, 30)


def test_a_meaning_that_was_folded_away_can_be_chosen(visit, owner, old_file):
    page = visit("/import/", user=owner)
    bring(page, old_file)
    group = page.locator("details.folded", has=page.locator("[name=seller]"))
    group.locator("summary").click()
    with page.expect_response("**/columns/"):
        page.locator("[name=seller]").select_option("شهر")
    page.locator("details.folded [name=seller]").wait_for(state="detached")
    assert page.locator("[name=seller]").input_value() == "شهر"


def test_the_pages_of_an_import_are_right_for_everyone(look, visit, owner, old_file):
    page = visit("/import/", user=owner)
    bring(page, old_file)
    run = ImportRun.objects.get()
    look("/import/", user=owner, name="import-list")
    for name in ("columns", "preview"):
        look(reverse(f"connectors:{name}", args=[run.public_id]), user=owner, name=f"import-{name}")
    show_first_rows(page)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**watch=1")
    do_all(TASKS)
    look(reverse("connectors:run", args=[run.public_id]), user=owner, name="import-done")
    look("/report/", user=owner, name="import-report")
