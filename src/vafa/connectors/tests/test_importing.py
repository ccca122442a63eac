from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest

from vafa.connectors.actions import importing
from vafa.connectors.actions.importing import import_source
from vafa.connectors.olist import OlistSource
from vafa.connectors.rejects import harmless
from vafa.connectors.tests.make import (
    HEADINGS,
    MAPPING,
    ROWS,
    csv_file,
    everything,
    import_file,
    olist_folder,
    refused,
)
from vafa.delivery.models import Parcel
from vafa.kit.bulk import Recorded
from vafa.orders.models import Order, Review, Seller
from vafa.promises.actions import revise_promise
from vafa.promises.models import Promise, PromiseEvent
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db


def promises() -> dict[str, tuple[str, int | None]]:
    found = Promise.objects.order_by("subject_ref").values_list("subject_ref", "state", "margin_days")
    return {number: (state, margin) for number, state, margin in found}


def test_orders_parcels_and_promises_come_out_of_a_file(tmp_path):
    outcome = import_file(csv_file(tmp_path))
    assert (outcome.orders, outcome.parcels, outcome.promises) == (Recorded(5), Recorded(5), Recorded(5))
    assert promises() == {
        "A1": ("kept", 1),
        "A2": ("broken", -2),
        "A3": ("cancelled", None),
        "A4": ("broken", None),
        "A5": ("open", None),
    }
    assert Parcel.objects.filter(delivered_at__isnull=False).count() == 2


def test_what_had_not_arrived_by_the_end_of_the_data_is_broken_as_of_then(tmp_path):
    import_file(csv_file(tmp_path))
    broken = Promise.objects.get(subject_ref="A4")
    assert broken.settled_at < datetime(2026, 3, 14, 10, tzinfo=UTC)  # the last fact of the file
    assert Promise.objects.get(subject_ref="A5").settle_after is None  # only newer data can tell


def test_a_promise_knows_its_order_place_zone_and_where_it_stands_in_the_file(tmp_path):
    import_file(csv_file(tmp_path))
    promise = Promise.objects.get(subject_ref="A1")
    assert (promise.kind, promise.subject_type, promise.origin, promise.zone) == (
        "delivery",
        "order",
        "import",
        "Asia/Tehran",
    )
    assert (promise.due_on, promise.place, promise.made_at) == (
        date(2026, 3, 4),
        "shiraz",
        Order.objects.get(number="A1").placed_at,
    )
    assert PromiseEvent.objects.get(promise=promise, kind="kept").evidence["line"] == "2"


def test_the_second_run_changes_nothing(tmp_path):
    path = csv_file(tmp_path)
    import_file(path)
    before = everything()
    outcome = import_file(path)
    assert outcome.changed_nothing
    assert everything() == before


def test_a_file_too_long_to_be_kept_is_read_twice_and_says_the_same(tmp_path, monkeypatch):
    outcome = import_file(csv_file(tmp_path))
    before = everything()
    monkeypatch.setattr(importing, "KEPT", 2)
    again = import_file(csv_file(tmp_path))
    assert (again.changed_nothing, again.survey) == (True, outcome.survey)
    assert everything() == before


def test_olist_twice_changes_nothing(tmp_path):
    folder = olist_folder(tmp_path)
    import_source(OlistSource(folder), rejects=tmp_path / "r.csv")
    before = everything()
    assert import_source(OlistSource(folder), rejects=tmp_path / "r.csv").changed_nothing
    assert everything() == before
    assert (Order.objects.count(), Seller.objects.count(), Review.objects.count()) == (6, 1, 1)
    assert promises() == {
        "o1": ("kept", 2),
        "o2": ("broken", -5),
        "o3": ("cancelled", None),
        "o4": ("broken", None),
        "o5": ("open", None),
        "o6": ("kept", 7),
    }


def test_a_newer_export_updates_facts_and_settles_promises(tmp_path):
    import_file(csv_file(tmp_path))
    newer = [row[:] for row in ROWS]
    newer[3][3] = "2026-03-20"  # A4 arrived at last
    newer[4][3] = "2026-03-19"  # A5 in time
    outcome = import_file(csv_file(tmp_path, [*newer, ["A6", "2026-03-18", "2026-03-25", "", "Yazd", "9", "sent"]]))
    assert (outcome.orders, outcome.parcels) == (Recorded(1, 0, 5), Recorded(1, 2, 3))
    assert outcome.promises == Recorded(1, 2, 3)
    after = promises()
    assert (after["A4"], after["A5"], after["A6"]) == (("broken", -14), ("kept", 1), ("open", None))


def test_late_evidence_of_a_delivery_in_time_corrects_a_broken_promise(tmp_path):
    import_file(csv_file(tmp_path))
    newer = [row[:] for row in ROWS]
    newer[3][3] = "2026-03-05"
    import_file(csv_file(tmp_path, newer))
    promise = Promise.objects.get(subject_ref="A4")
    assert (promise.state, promise.margin_days, promise.corrected) == ("kept", 1, True)


def test_an_older_export_takes_nothing_back(tmp_path):
    import_file(csv_file(tmp_path))
    before = everything()
    older = [[*row[:3], "", *row[4:]] for row in ROWS]
    assert import_file(csv_file(tmp_path, older)).changed_nothing
    assert everything() == before


def test_without_dates_of_delivery_no_promise_is_judged(tmp_path):
    columns = {name: headings for name, headings in MAPPING.columns.items() if name != "delivered_at"}
    outcome = import_file(csv_file(tmp_path), MAPPING.from_json({**MAPPING.as_json(), "columns": columns}))
    assert (outcome.survey.promises, outcome.promises_recorded) == (5, False)
    assert (Order.objects.count(), Promise.objects.count()) == (5, 0)


def test_another_promised_day_of_a_known_order_changes_nothing_and_is_remarked(tmp_path):
    import_file(csv_file(tmp_path))
    before = everything()
    newer = [row[:] for row in ROWS]
    newer[1][2] = "2026-03-08"  # broken as of the fifth; this day would have been kept
    newer[4][2] = "2026-03-25"  # still open
    outcome = import_file(csv_file(tmp_path, newer))
    assert outcome.changed_nothing
    assert everything() == before
    assert outcome.survey.values_rejected == {"other-promise": 2}
    with (tmp_path / "a.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        lost = list(csv.DictReader(file))
    assert [(row["order"], row["value"], row["used"]) for row in lost] == [
        ("A2", "2026-03-08", "value not used"),
        ("A5", "2026-03-25", "value not used"),
    ]


def test_a_day_that_was_revised_in_the_ledger_is_no_other_promise(tmp_path):
    import_file(csv_file(tmp_path))
    promise = Promise.objects.get(subject_ref="A5")
    revise_promise(promise, asked_by="shop", due_on=date(2026, 3, 25), at=datetime(2026, 3, 15, tzinfo=UTC))
    newer = [row[:] for row in ROWS]
    newer[4][2] = "2026-03-25"
    assert import_file(csv_file(tmp_path, newer)).survey.values_rejected == {}
    assert import_file(csv_file(tmp_path)).survey.values_rejected == {}


def test_rejected_rows_are_counted_and_written_down_with_reason(tmp_path):
    rows = [*ROWS, ["A9", "never", "", "", "", "", ""], ["=1+1", "never", "", "", "", "", ""]]
    outcome = import_file(csv_file(tmp_path, rows))
    assert outcome.survey.rows_rejected == {"bad-date": 2}
    with (tmp_path / "a.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        lost = list(csv.DictReader(file))
    assert [(row["file"], row["line"], row["order"], row["code"], row["used"]) for row in lost] == [
        ("a.csv", "7", "A9", "bad-date", "row not used"),
        ("a.csv", "8", "'=1+1", "bad-date", "row not used"),
    ]
    assert lost[0]["reason"] == "This is not a date that can be understood."


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_made_harmless(text):
    assert harmless(text) == "'" + text


def test_a_file_that_turns_out_to_be_cut_off_leaves_no_trace(tmp_path):
    path = csv_file(tmp_path, ROWS * 1)
    path.write_bytes(path.read_bytes()[:-12])
    before = everything()
    with refused("file-cut-off"):
        import_file(path)
    assert everything() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "home"]


def test_a_file_without_a_single_usable_order_is_refused(tmp_path):
    with refused("no-orders"):
        import_file(csv_file(tmp_path, [["A1", "never", "", "", "", "", ""]]))
    with refused("no-orders"):
        import_file(csv_file(tmp_path, []))
    assert Order.objects.count() == 0


def test_a_fresh_shop_takes_zone_and_currency_from_its_first_export(tmp_path):
    assert import_source(OlistSource(olist_folder(tmp_path)), rejects=tmp_path / "r.csv").settings_taken
    shop = the_shop()
    assert (shop.zone, shop.currency, shop.holiday_country) == ("America/Sao_Paulo", "BRL", "BR")


def test_a_shop_that_has_settled_in_keeps_its_settings(tmp_path):
    save_settings(zone="Europe/Paris", currency="EUR")
    assert not import_source(OlistSource(olist_folder(tmp_path)), rejects=tmp_path / "r.csv").settings_taken
    assert the_shop().zone == "Europe/Paris"


def test_an_order_number_is_the_same_in_any_digits(tmp_path):
    import_file(csv_file(tmp_path, [["1405", "2026-03-01", "", "", "", "", ""]]))
    outcome = import_file(csv_file(tmp_path, [["۱۴۰۵", "2026-03-01", "", "", "", "", ""]]))
    assert (outcome.orders, Order.objects.get().number) == (Recorded(0, 0, 1), "1405")


def test_progress_is_told_to_the_end(tmp_path):
    told = []
    source = OlistSource(olist_folder(tmp_path))
    import_source(source, rejects=tmp_path / "r.csv", progress=lambda share, note: told.append((share, note)))
    assert told == [(0.0, "Reading the file"), (1.0, "6 of 6 orders")]


def test_headings_are_found_in_any_writing(tmp_path):
    path = csv_file(tmp_path, headings=[heading.upper() + " " for heading in HEADINGS])
    assert import_file(path).orders == Recorded(5)
