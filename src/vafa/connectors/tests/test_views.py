from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from vafa.connectors import storage
from vafa.connectors.actions.runs import forget_old_files
from vafa.connectors.models import ImportRun, ImportState
from vafa.connectors.tasks import import_file
from vafa.connectors.tests.make import ROWS, csv_file, csv_text, everything, xlsx_file
from vafa.delivery.models import Parcel
from vafa.jobs.models import Job
from vafa.jobs.work import Work
from vafa.orders.models import Order
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db
PAGE = "/import/"


def upload(client, content: bytes | str = csv_text(ROWS), name: str = "orders.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def run(owner_client) -> ImportRun:
    """A file that the owner has just given."""
    upload(owner_client)
    return ImportRun.objects.get()


def address(name: str, run: ImportRun) -> str:
    return reverse(f"connectors:{name}", args=[run.public_id])


def columns(**said: str) -> dict[str, object]:
    """The form of the second page as the guess fills it in."""
    return {
        "number": "order",
        "placed_at": "ordered_on",
        "promised_on": "promised_on",
        "delivered_at": "delivered_on",
        "city": "city",
        "price": "price",
        "status": "status",
        "cancelled": ["cancelled"],
        "date_order": "year-first",
        **said,
    }


def work_off() -> Job:
    job = Job.objects.get(task="connectors.import")
    import_file(Work(job))
    return job


def test_from_the_file_to_the_orders(owner_client, run):
    assert run.state == ImportState.DRAFT
    page = owner_client.get(address("columns", run))
    assert page.status_code == 200
    assert b"ordered_on" in page.content
    assert owner_client.post(address("columns", run), columns()).url == address("preview", run)
    assert "Shiraz" in owner_client.get(address("preview", run)).content.decode()
    assert owner_client.post(address("preview", run)).url == address("run", run) + "?watch=1"
    assert Order.objects.count() == 0
    work_off()
    assert (Order.objects.count(), Promise.objects.count(), Parcel.objects.count()) == (5, 5, 5)
    assert owner_client.get(address("run", run)).status_code == 200
    assert owner_client.get(address("run", run) + "?watch=1").url == reverse("console:report")


def test_the_upload_is_deleted_when_its_import_is_done(owner_client, run):
    path = storage.folder() / run.stored_as
    assert path.is_file()
    owner_client.post(address("preview", run))
    work_off()
    assert not path.exists()
    assert ImportRun.objects.get().state == ImportState.DONE


def test_started_twice_it_is_one_job(owner_client, run):
    owner_client.post(address("preview", run))
    assert owner_client.post(address("preview", run)).url == address("run", run) + "?watch=1"
    assert Job.objects.filter(task="connectors.import").count() == 1


def test_a_job_run_again_after_its_worker_died_changes_nothing(owner_client, run):
    owner_client.post(address("preview", run))
    job = work_off()
    before = everything()
    assert import_file(Work(job)) is None
    assert everything() == before


def test_the_mapping_of_the_browser_gives_the_same_result_on_the_command_line(owner_client, run, tmp_path):
    owner_client.post(address("columns", run), columns())
    response = owner_client.get(address("mapping", run))
    assert 'filename="mapping.toml"' in response["Content-Disposition"]
    mapping = tmp_path / "mapping.toml"
    mapping.write_bytes(response.content)
    owner_client.post(address("preview", run))
    work_off()
    before = everything()
    call_command("import", "orders", csv_file(tmp_path, name="orders.csv"), mapping=str(mapping))
    assert everything() == before


def test_the_same_file_again_says_so(owner_client, run):
    owner_client.post(address("preview", run))
    work_off()
    upload(owner_client, name="again.csv")
    again = ImportRun.objects.get(file_name="again.csv")
    for page in ("columns", "preview"):
        assert "This very file has been imported already" in owner_client.get(address(page, again)).content.decode()


def test_corrected_columns_are_kept(owner_client, run):
    owner_client.post(address("columns", run), columns(city="status", promised_on=""))
    mapping = ImportRun.objects.get().mapping
    assert mapping["columns"]["city"] == ["status"]
    assert "promised_on" not in mapping["columns"]


def test_looking_at_other_columns_keeps_nothing(owner_client, run):
    before = ImportRun.objects.get().mapping
    page = owner_client.post(address("columns", run), columns(city="status", look="1"))
    assert (page.status_code, ImportRun.objects.get().mapping) == (200, before)


def test_without_an_order_number_the_columns_are_refused(owner_client, run):
    before = ImportRun.objects.get().mapping
    assert owner_client.post(address("columns", run), columns(number="")).status_code == 422
    assert owner_client.post(address("columns", run), columns(number="no such column")).status_code == 422
    assert ImportRun.objects.get().mapping == before


def test_problems_are_marked_in_the_preview(owner_client):
    upload(
        owner_client, csv_text([*ROWS, ["A9", "never", "", "", "", "", ""], ["A8", "2026-03-01", "", "x", "", "", ""]])
    )
    page = owner_client.get(address("preview", ImportRun.objects.get())).content.decode()
    assert page.count("This is not a date that can be understood.") >= 2
    assert "Not used" in page


def test_the_rejects_file_can_be_downloaded(owner_client):
    upload(owner_client, csv_text([*ROWS, ["A9", "never", "", "", "", "", ""]]))
    run = ImportRun.objects.get()
    assert owner_client.get(address("rejects", run)).status_code == 404
    owner_client.post(address("preview", run))
    work_off()
    response = owner_client.get(address("rejects", run))
    assert b"orders.csv,7,A9,placed_at,never,bad-date" in b"".join(response.streaming_content)


def test_a_workbook_is_taken_as_well(owner_client, tmp_path):
    upload(owner_client, xlsx_file(tmp_path, ROWS).read_bytes(), name="orders.xlsx")
    run = ImportRun.objects.get()
    owner_client.post(address("columns", run), columns())
    assert "Shiraz" in owner_client.get(address("preview", run)).content.decode()
    owner_client.post(address("preview", run))
    work_off()
    assert (Order.objects.count(), Promise.objects.count()) == (5, 5)


def test_a_heading_that_says_toman_is_believed_and_shown(owner_client):
    headings = ["order", "ordered_on", "city", "مبلغ کل (تومان)"]
    upload(owner_client, csv_text([["A1", "1404/10/12", "Shiraz", "120000"]], headings))
    run = ImportRun.objects.get()
    page = owner_client.get(address("columns", run)).content.decode()
    assert '<option value="toman" selected>' in page
    owner_client.post(address("preview", run))
    work_off()
    assert (Order.objects.get().price_minor, Order.objects.get().currency) == (1_200_000, "IRR")


def test_a_time_of_day_that_the_file_does_not_tell_is_not_shown(owner_client):
    upload(owner_client, csv_text([["A1", "2026-03-01", "", "", "", "", ""], ["A2", "2026-03-01 08:20", *[""] * 5]]))
    page = owner_client.get(address("preview", ImportRun.objects.get())).content.decode()
    assert "08:20" in page
    assert "12:00" not in page


def test_meanings_without_a_column_are_folded_away_but_can_be_chosen(owner_client, run):
    page = owner_client.get(address("columns", run)).content.decode()
    folded = [part.split("</details>")[0] for part in page.split('<details class="folded"')[1:]]
    assert [name for name in ("seller", "region", "stars") if any(f'name="{name}"' in part for part in folded)] == [
        "seller",
        "region",
        "stars",
    ]
    assert not any(f'name="{name}"' in part for part in folded for name in ("number", "city", "price", "money_unit"))
    page = owner_client.post(address("columns", run), columns(seller="status", look="1")).content.decode()
    folded = [part.split("</details>")[0] for part in page.split('<details class="folded"')[1:]]
    assert not any('name="seller"' in part for part in folded)


def test_a_file_with_headings_only_is_refused_at_once_and_not_kept(owner_client):
    response = upload(owner_client, csv_text([]))
    assert response.status_code == 422
    assert "holds headings only" in response.content.decode()
    assert (ImportRun.objects.count(), list(storage.folder().iterdir())) == (0, [])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x00\x01\x02", b"PK\x03\x04x", b"a,b\n1,\xff\xfe\n"])
def test_what_is_no_table_is_refused_and_not_kept(owner_client, content):
    response = upload(owner_client, content)
    assert response.status_code == 422
    assert ImportRun.objects.count() == 0
    assert not [path for path in storage.folder().iterdir() if path.suffix == ".upload"]


def test_too_large_a_file_is_refused_and_not_kept(owner_client, settings):
    settings.MAX_UPLOAD_BYTES = 300
    assert upload(owner_client, csv_text(ROWS * 5)).status_code == 422
    settings.MAX_UPLOAD_BYTES = -100_000
    assert upload(owner_client).status_code == 413
    assert ImportRun.objects.count() == 0


def test_a_dangerous_name_is_only_a_name(owner_client):
    upload(owner_client, name="../../<script>.csv")
    run = ImportRun.objects.get()
    assert run.file_name == "<script>.csv"
    assert Path(run.stored_as).name == run.stored_as
    assert "<script>.csv" not in owner_client.get(PAGE).content.decode()


def test_a_file_that_turns_out_broken_fails_with_a_sentence(owner_client, run):
    owner_client.post(address("preview", run))
    path = storage.folder() / run.stored_as
    path.write_bytes(path.read_bytes()[:-6])
    from vafa.connectors.tests.make import refused

    with refused("file-cut-off"):
        work_off()
    assert Order.objects.count() == 0
    assert "is cut off" in owner_client.get(address("run", run)).content.decode()


def test_a_file_can_be_forgotten_before_it_is_imported(owner_client, run):
    owner_client.post(address("drop", run))
    assert (ImportRun.objects.count(), list(storage.folder().iterdir())) == (0, [])


def test_a_file_in_preparation_can_be_continued_or_forgotten_from_the_list(owner_client, run):
    page = owner_client.get(PAGE).content.decode()
    assert address("columns", run) in page
    assert address("drop", run) in page
    assert "A file that is not imported is forgotten after 7 days." in page
    owner_client.post(address("preview", run))
    work_off()
    page = owner_client.get(PAGE).content.decode()
    assert address("drop", run) not in page
    assert "is forgotten after" not in page


def test_the_unit_of_prices_is_asked_for_behind_them_and_words_of_the_status_behind_it(owner_client, run):
    chosen = columns(price="price", currency="city", weight="city", look="1")
    page = owner_client.post(address("columns", run), chosen).content.decode()
    names = ["status", "cancelled", "delivered", "price", "currency", "money_unit", "weight", "weight_unit"]
    places = [page.index(f'name="{name}"') for name in [*names, "date_order"]]
    assert places == sorted(places)


def test_a_started_import_cannot_be_dropped_or_changed(owner_client, run):
    owner_client.post(address("preview", run))
    assert owner_client.post(address("drop", run)).status_code == 409
    assert owner_client.post(address("columns", run), columns(city="")).status_code == 409
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("page", ["columns", "preview"])
def test_who_goes_back_from_a_started_import_is_led_to_what_becomes_of_it(owner_client, run, page):
    owner_client.post(address("preview", run))
    assert owner_client.get(address(page, run)).url == address("run", run)


def test_a_file_that_nobody_imports_is_forgotten_after_a_week(run):
    assert forget_old_files(at=run.created_at + timedelta(days=6)) == 0
    assert forget_old_files(at=run.created_at + timedelta(days=8)) == 1
    assert (ImportRun.objects.count(), list(storage.folder().iterdir())) == (0, [])


def test_an_unknown_import_is_a_404(owner_client, run):
    unknown = "00000000-0000-4000-8000-000000000000"
    assert owner_client.get(f"/import/{unknown}/").status_code == 404


PAGES = ["columns", "preview", "run", "mapping", "rejects"]


@pytest.mark.parametrize("page", PAGES)
def test_agents_and_strangers_are_refused(agent_client, client, run, page):
    assert agent_client.get(address(page, run)).status_code == 403
    assert client.get(address(page, run)).status_code == 302


@pytest.mark.parametrize("page", ["columns", "preview", "drop"])
def test_agents_and_strangers_change_nothing(agent_client, client, run, page):
    before = everything()
    assert agent_client.post(address(page, run), columns(city="")).status_code == 403
    assert client.post(address(page, run), columns(city="")).status_code == 302
    assert everything() == before


def test_agents_and_strangers_give_no_files(agent_client, client):
    assert upload(agent_client).status_code == 403
    assert upload(client).status_code == 302
    assert ImportRun.objects.count() == 0


def test_an_upload_needs_its_csrf_token(owner):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    assert upload(strict).status_code == 403
    assert ImportRun.objects.count() == 0


def test_the_list_asks_as_much_for_many_imports_as_for_one(owner_client, run, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as first:
        owner_client.get(PAGE)
    asked = len(first)
    for number in range(10):
        upload(owner_client, name=f"{number}.csv")
    with django_assert_num_queries(asked):
        owner_client.get(PAGE)


@pytest.mark.parametrize(
    ("file", "told"), [(SimpleUploadedFile("orders.csv", b""), "This file is empty."), ("", "Choose a file.")]
)
def test_no_file_and_an_empty_one_are_told_in_the_pages_own_words(owner_client, file, told):
    answer = owner_client.post(PAGE, {"file": file})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert ImportRun.objects.count() == 0


def test_a_known_export_is_called_by_the_name_its_makers_give_it(owner_client):
    head = "Order Number,Order Date,Payment Method Title,Order Status\n"
    upload(owner_client, head + "1001,2026-01-05 10:00,Card,completed\n")
    page = owner_client.get(address("columns", ImportRun.objects.get())).content.decode()
    assert "an export of WooCommerce;" in page
