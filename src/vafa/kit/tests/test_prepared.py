"""A prepared question: what Django would ask, written once."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from vafa.kit import prepared
from vafa.kit.prepared import Prepared

Place, Shop = apps.get_model("shop", "Place"), apps.get_model("shop", "Shop")
pytestmark = pytest.mark.django_db
CITIES = ["Tehran", "Shiraz", "Tabriz", "Yazd", "Isfahan"]


@pytest.fixture(autouse=True)
def places(db):
    Place.objects.bulk_create(Place(code=f"{number}", city=city) for number, city in enumerate(CITIES))


def by_codes(codes):
    return Place.objects.filter(code__in=codes).order_by("code").values_list("code", "city")


def test_it_answers_as_the_query_does_for_every_length_of_a_list():
    ask = Prepared(by_codes)
    for many in range(1, 6):
        codes = [str(number) for number in range(many)]
        assert ask.rows(codes) == list(by_codes(codes))


def test_the_sql_is_written_once_for_lengths_up_to_each_power_of_two():
    written = []

    def write(codes):
        written.append(len(codes))
        return by_codes(codes)

    ask = Prepared(write)
    for many in (3, 4, 3, 4, 1, 1):
        ask.rows([str(number) for number in range(many)])
    assert written == [4, 1]


def test_it_asks_the_database_each_time():
    ask = Prepared(by_codes)
    assert ask.rows(["1"]) == [("1", "Shiraz")]
    Place.objects.filter(code="1").update(city="Qom")
    with CaptureQueriesContext(connection) as asked:
        assert ask.rows(["1"]) == [("1", "Qom")]
    assert len(asked) == 1


def test_of_an_empty_list_nothing_is_asked():
    with CaptureQueriesContext(connection) as asked:
        assert Prepared(by_codes).rows([]) == []
    assert len(asked) == 0


def test_a_list_longer_than_the_longest_is_asked_as_any_query(monkeypatch):
    monkeypatch.setattr(prepared, "LONGEST", 2)
    assert Prepared(by_codes).rows(["0", "1", "2"]) == [("0", "Tehran"), ("1", "Shiraz"), ("2", "Tabriz")]


def test_texts_numbers_and_conditions_of_its_own_stand_beside_each_other():
    ask = Prepared(
        lambda city, numbers: (
            Place.objects.filter(Q(city=city) | Q(pk__in=numbers))
            .exclude(city="Yazd")
            .order_by("code")
            .values_list("city", flat=False)
        )
    )
    numbers = list(Place.objects.filter(city__in=["Tehran", "Yazd"]).values_list("pk", flat=True))
    assert ask.rows("Tabriz", numbers) == [("Tehran",), ("Tabriz",)]
    assert ask.rows("100% 'of' it", numbers) == [("Tehran",)]


def test_values_are_read_as_their_fields_hold_them():
    Shop(languages=["fa", "en"]).save()
    fields = ("languages", "cut_off", "shows_toman", "clock_moved", "target_probability")
    ask = Prepared(lambda number: Shop.objects.filter(pk=number).values_list(*fields))
    assert ask.rows(1) == list(Shop.objects.values_list(*fields))


def test_a_value_that_does_not_stand_in_a_condition_as_it_is_is_a_mistake_told_at_once():
    ask = Prepared(lambda city: Place.objects.filter(city__startswith=city).values_list("code"))
    with pytest.raises(ValueError, match="must stand in a condition as it is"):
        ask.rows("Te")


def test_a_condition_that_compares_columns_stays():
    ask = Prepared(lambda code: Place.objects.filter(code=code).exclude(city=F("region")).values_list("city"))
    assert ask.rows("2") == [("Tabriz",)]
