from datetime import timedelta

import pytest
from django.urls import reverse

from vafa.delivery.actions.pooling import is_pooling_due, keep_pooled
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.models import PooledHistory
from vafa.delivery.queries.caution import frontier
from vafa.delivery.queries.pooled import small_history
from vafa.delivery.questions import Asked
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.kit.clock import now
from vafa.orders.models import Order
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


def sample_size():
    return small_history(NOW).pooled.whole.sample_size


def test_the_worker_keeps_what_the_history_says_and_a_request_only_reads_it(django_assert_num_queries):
    make.a_shop()
    make.orders(300)
    keep_pooled(at=NOW)
    assert sample_size() == 300
    with django_assert_num_queries(4):  # which model, the settings, how many orders there are, which version is kept
        assert len(frontier(NOW).points) == 50


def test_what_is_kept_and_read_back_answers_as_if_it_were_pooled_now():
    make.a_shop()
    make.orders(150)
    at_once = make_quote(Asked(to="Shiraz"), at=NOW).answers[0]
    keep_pooled(at=NOW)
    kept = make_quote(Asked(to="Shiraz"), at=NOW).answers[0]
    assert kept["promised_on"] == at_once["promised_on"]
    assert kept["probability"] == pytest.approx(at_once["probability"], abs=2e-3)


def test_until_the_worker_was_there_the_newest_two_hundred_answer():
    make.a_shop()
    make.orders(300)
    assert sample_size() == 200
    assert not make_quote(Asked(to="Shiraz"), at=NOW).answers[0]["refused"]


def test_some_orders_later_the_kept_history_still_answers_and_a_tenth_later_no_more():
    make.a_shop()
    make.orders(300)
    keep_pooled(at=NOW)
    Order.objects.bulk_create(Order(number=f"B{number}", placed_at=NOW) for number in range(30))
    assert sample_size() == 300
    Order.objects.create(number="C", placed_at=NOW)
    assert sample_size() == 200
    keep_pooled(at=NOW)
    assert sample_size() == 331


def test_a_changed_statement_counts_at_once():
    make.a_shop()
    make.orders(300)
    keep_pooled(at=NOW)
    before = make_quote(Asked(to="Tehran"), at=NOW).answers[0]
    save_settings(stated_times=[{"place": "Tabriz", "option": "", "seller": "", "days": 20}])
    assert make_quote(Asked(to="Tabriz"), at=NOW).answers[0]["days"] >= 20
    assert make_quote(Asked(to="Tehran"), at=NOW).answers[0]["days"] == before["days"]


def test_nothing_is_made_anew_where_nothing_has_changed():
    make.a_shop()
    make.orders(60)
    first = keep_pooled(at=NOW)
    assert keep_pooled(at=NOW + timedelta(hours=1)).version == first.version
    save_settings(stated_times=[{"place": "", "option": "", "seller": "", "days": 6}])
    assert keep_pooled(at=NOW + timedelta(hours=1)).version != first.version


def test_the_effect_of_a_caution_is_measured_anew_only_after_a_twentieth_of_new_orders():
    make.a_shop()
    make.orders(200)
    keep_pooled(at=NOW)
    for count, measured_on in ((10, 200), (11, 211)):
        Order.objects.filter(number__startswith="B").delete()
        Order.objects.bulk_create(Order(number=f"B{number}", placed_at=NOW) for number in range(count))
        assert keep_pooled(at=NOW).figures_orders == measured_on


def test_a_shop_that_was_emptied_keeps_nothing():
    make.a_shop()
    make.orders(60)
    keep_pooled(at=NOW)
    Order.objects.all().delete()
    assert keep_pooled(at=NOW) is None
    assert not PooledHistory.objects.exists()


def test_a_kept_history_that_this_release_cannot_read_does_not_stop_the_shop(caplog):
    make.a_shop()
    make.orders(60)
    keep_pooled(at=NOW)
    PooledHistory.objects.update(artefact=b"from another release", version="other")
    assert sample_size() == 60
    assert "cannot be read" in caplog.text


def test_the_look_between_two_refreshes_is_for_shops_without_a_model():
    make.a_shop()
    make.orders(60)
    assert is_pooling_due()


def test_the_page_says_that_the_effect_is_being_computed_until_it_is_there(owner_client):
    make.a_shop()
    make.orders(150, until=now())
    assert "is being computed" in owner_client.get(reverse("delivery:try")).content.decode()
    keep_pooled(at=now())
    page = owner_client.get(reverse("delivery:try")).content.decode()
    assert "is being computed" not in page
    assert "Measured on" in page


def test_with_too_few_settled_orders_nothing_is_promised_to_be_computed(owner_client):
    make.a_shop()
    make.orders(30, until=now())
    keep_pooled(at=now())
    page = owner_client.get(reverse("delivery:try")).content.decode()
    assert "too few settled orders to measure" in page
