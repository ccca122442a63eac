"""What pages for customers show of delivery: remembered for a while, never past a cut-off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.http import HttpRequest

from vafa.delivery.actions.options import ensure_default_option
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries.choices import Need, choices_for
from vafa.delivery.tests import make
from vafa.kit import clock
from vafa.shop.memory import ShopMiddleware

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 3, 1, 10, 31, tzinfo=UTC)  # Sunday, 14:01 in Tehran


@pytest.fixture
def shown(monkeypatch):
    """The day that a page shows at a moment."""

    def shown(moment: datetime) -> date:
        monkeypatch.setattr(clock, "now", lambda: moment)
        ask = ShopMiddleware(lambda _request: choices_for(Need("Shiraz", 500_000, weight_g=620), moment))
        return ask(HttpRequest()).best.promised_on

    return shown


@pytest.mark.parametrize("own", [None, time(14, 2)])
def test_a_date_is_remembered_until_the_cut_off_and_not_a_moment_longer(shown, own, django_assert_num_queries):
    cut_off = time(18) if own else time(14, 2)
    make.a_shop(stated_times=[{"place": "Shiraz", "option": "", "seller": "", "days": 2}], cut_off=cut_off)
    ensure_default_option()
    DeliveryOption.objects.update(cut_off=own, minimum_days=4)
    day = shown(BEFORE)
    with django_assert_num_queries(1):
        assert shown(BEFORE + timedelta(minutes=1)) == day  # the cut-off itself is still in time
    assert shown(BEFORE + timedelta(minutes=1, seconds=1)) == day + timedelta(days=1)
