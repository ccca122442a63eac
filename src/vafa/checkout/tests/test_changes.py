"""What has changed since the customer looked is told line by line; ways without a stated price are not sold."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

import pytest

from vafa.checkout import actions
from vafa.checkout.queries import summary
from vafa.checkout.queries.changes import changes
from vafa.checkout.tests import make
from vafa.checkout.tests.make import NOON
from vafa.delivery.models import DeliveryOption
from vafa.delivery.tests.windows import a_point
from vafa.shop.actions import stamp_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(db):
    make.a_window()


def agreed(basket, **other: object) -> str:
    said = json.loads(urlsafe_b64decode(summary(basket, at=NOON).agreed))
    return urlsafe_b64encode(json.dumps({**said, **other}).encode()).decode()


def told(basket, **other: object) -> list[tuple[str, object, object]]:
    found = changes(agreed(basket, **other), summary(basket, at=NOON))
    return [(each.what, each.before, each.after) for each in found]


def test_nothing_is_told_where_nothing_has_changed():
    assert told(make.a_basket("divan-1", "golestan-1")) == []


def test_each_difference_is_told_with_what_it_was_and_what_it_is():
    basket = make.a_basket("divan-1", "golestan-1")
    now = summary(basket, at=NOON)
    lines = {"divan-1": [5_000_000, 2], "gone-1": [1, 1]}
    found = told(basket, lines=lines, total=1, delivery=70_000, day="2026-05-01", way=["other", "", ""], off=5)
    assert found == [
        ("price", 5_000_000, 5_600_000),
        ("pieces", 2, 1),
        ("new", None, None),
        ("gone", None, None),
        ("way", None, None),
        ("delivery", 70_000, 0),
        ("day", date(2026, 5, 1), now.day),
        ("off", 5, 0),
        ("total", 1, now.total_minor),
    ]


@pytest.mark.parametrize("broken", ["", "nonsense", "e30=", "W10=", "bnVsbA==", "x" * 30_000])
def test_what_cannot_be_read_tells_nothing(broken):
    assert changes(broken, summary(make.a_basket(), at=NOON)) == []


@pytest.mark.parametrize("wrong", [{"lines": 7}, {"lines": {"divan-1": ["a", []]}}, {"day": "soon"}, {"total": 10**20}])
def test_values_that_nobody_of_ours_wrote_tell_nothing(wrong):
    assert told(make.a_basket(), **wrong) == []


def test_a_way_without_a_stated_price_is_not_sold_for_nothing():
    basket = make.a_basket()
    DeliveryOption.objects.update(price_minor=None)
    stamp_shop()
    found = summary(basket, at=NOON)
    assert found.way is None
    assert [(each.is_refused, each.answer.reason) for each in found.choices.each] == [(True, "no_price")]
    with make.refused("no-date"):
        actions.submit(basket, agreed=found.agreed, at=NOON)


def test_the_only_point_is_chosen_by_itself():
    a_point()
    basket = make.a_basket(option="fetch")
    way = summary(basket, at=NOON).way
    assert (way.point.code, way.is_whole) == ("bazaar", True)
    a_point("arg")
    way = summary(basket, at=NOON).way
    assert (way.point, way.is_whole) == (None, False)
