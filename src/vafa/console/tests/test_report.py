from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from vafa.console import actions, queries
from vafa.console.history_report import report_of
from vafa.console.models import HistoryReport
from vafa.console.pictures import months_picture
from vafa.engine.history import History, Place, Shipment
from vafa.orders.actions import OrderRow, record_orders

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def history(took: list[int], promised: int | None = 2, region: str = "Fars") -> History:
    orders = [
        Shipment(
            number=str(number),
            placed_at=START + timedelta(days=number),
            destination=Place(code=region, region=region),
            price=100.0,
            delivered_at=START + timedelta(days=number + days),
            promised_on=None if promised is None else date(2026, 3, 1) + timedelta(days=number + promised),
        )
        for number, days in enumerate(took)
    ]
    return History.of(orders, "UTC")


def test_the_report_counts_broken_promises_and_says_the_honest_days() -> None:
    body = report_of(history([2, 3] * 30), stated=[], caution=0.9)
    [fars] = body["regions"]
    assert (fars["settled"], fars["broken"], fars["broken_value"]) == (60, 30, 3000.0)
    assert fars["honest_days"] == 3
    assert len(body["days"]) == 60
    assert body["days"][:2] == [("2026-03-01", 1, 0), ("2026-03-02", 1, 1)]


def test_months_are_those_of_the_readers_calendar() -> None:
    days = [("2026-02-19", 10, 1), ("2026-02-20", 10, 9), ("2026-03-20", 10, 9), ("2026-03-21", 10, 2)]
    with override("fa"):
        assert [month in months_picture(days) for month in ("بهمن", "اسفند", "فروردین")] == [True, True, True]
        assert "۹۰٪" in months_picture(days)
    with override("en"):
        assert [month in months_picture(days) for month in ("Feb", "Mar", "Apr")] == [True, True, False]


def test_without_promised_dates_the_report_tells_how_long_parcels_take() -> None:
    body = report_of(history([2, 3, 4, 5], promised=None), stated=[], caution=0.9)
    assert (body["all"]["settled"], body["all"]["half_within"], body["all"]["nine_of_ten_within"]) == (0, 3, 5)


def test_a_region_with_hardly_any_orders_gets_no_honest_days_but_a_reason() -> None:
    body = report_of(history([2]), stated=[], caution=0.9)
    assert (body["regions"][0]["honest_days"], body["regions"][0]["refused"]) == (None, "no_history")


def test_orders_whose_region_the_export_does_not_tell_stand_under_their_city() -> None:
    places = [Place(code="shiraz", city="Shiraz"), Place(code="x1", city="Yazd", region="Yazd"), Place(code="")]
    orders = [
        Shipment(number=f"{place.code}{number}", placed_at=START + timedelta(days=number), destination=place)
        for place, count in zip(places, (3, 2, 1), strict=True)
        for number in range(count)
    ]
    body = report_of(History.of(orders, "UTC"), stated=[], caution=0.9)
    assert [(row["group"], row["orders"]) for row in body["regions"]] == [("Shiraz", 3), ("Yazd", 2)]
    assert body["without_region"] == 1


def test_an_empty_history_gives_an_empty_report() -> None:
    assert report_of(history([]), stated=[], caution=0.9) == {"orders": 0}


@pytest.mark.django_db
def test_only_the_newest_report_is_kept() -> None:
    actions.write_history_report()
    newest = actions.write_history_report()
    assert list(HistoryReport.objects.all()) == [newest]


@pytest.mark.django_db
def test_a_report_is_stale_when_newer_facts_are_known() -> None:
    report = actions.write_history_report()
    assert not queries.is_stale(report)
    record_orders([OrderRow(number="1", placed_at=START)])
    assert queries.is_stale(report)


@pytest.mark.django_db
def test_a_history_without_any_arrival_says_that_it_cannot_judge(owner_client: Client) -> None:
    record_orders([OrderRow(number=str(number), placed_at=START + timedelta(days=number)) for number in range(5)])
    actions.write_history_report()
    page = owner_client.get("/report/", headers={"accept-language": "en"}).content.decode()
    assert "Your history does not say when parcels arrived." in page
    assert "There are no promised dates in your history" not in page


def test_first_run_pages_invite_the_owner_to_import(owner_client: Client) -> None:
    for address in ("/", "/report/"):
        assert "/import/" in owner_client.get(address).content.decode()


@pytest.mark.django_db
def test_an_agent_may_read_the_report_but_not_write_it_anew(agent_client: Client) -> None:
    assert agent_client.get("/report/").status_code == 200
    assert agent_client.post("/report/again/").status_code == 403
    assert HistoryReport.objects.count() == 0
