"""The build: through the rooms' own actions, once, and never over a real shop."""

from __future__ import annotations

import pytest

from vafa.accounts.models import Role, User
from vafa.customers.models import ContactPoint, Customer
from vafa.delivery.models import DeliveryOption, Parcel
from vafa.demo import simulation
from vafa.demo.actions import build_shop
from vafa.demo.models import Build
from vafa.demo.queries import holds_real_shop
from vafa.demo.simulation import simulate
from vafa.demo.tests.make import SMALL, small_shop
from vafa.kit.problems import Problem
from vafa.messages.models import Attempt, Message
from vafa.orders.models import Order, Review
from vafa.promises.models import Promise, State
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db


def test_every_simulated_order_is_in_the_shop_with_its_parcel_and_its_promise():
    year = simulate(SMALL)
    build_shop(SMALL)
    assert Order.objects.count() == len(year)
    assert Parcel.objects.filter(delivered_at__isnull=False).count() == sum(o.delivered_at is not None for o in year)
    assert Review.objects.count() == sum(o.stars is not None for o in year)
    assert Promise.objects.filter(root=None, kind="delivery").count() == len(year)


def test_every_order_says_how_it_was_paid():
    year = simulate(SMALL)
    small_shop()
    assert dict(Order.objects.values_list("number", "payment")) == {o.number: o.payment.name for o in year}


def test_promises_end_as_the_simulation_says():
    year = simulate(SMALL)
    small_shop()
    kept = sum(o.delivered_on is not None and o.delivered_on <= o.promised_on for o in year)
    assert Promise.objects.filter(state=State.KEPT, kind="delivery").count() == kept
    assert Promise.objects.filter(state=State.CANCELLED, kind="delivery").count() == sum(
        o.cancelled_at is not None for o in year
    )


def test_open_promises_have_a_chance_and_a_receipt():
    build_shop(SMALL)
    promises = Promise.objects.filter(state=State.OPEN, kind="delivery")
    assert promises.count() >= 3
    assert not promises.filter(probability=None).exists()
    assert not promises.filter(receipt=None).exists()


def test_the_shop_says_that_it_is_simulated():
    small_shop()
    shop = the_shop()
    assert shop.simulated
    assert (shop.name, shop.zone, shop.currency, shop.shows_toman) == ("کتاب‌سرای وفا", "Asia/Tehran", "IRR", True)


def test_the_options_have_names_in_three_languages():
    small_shop()
    options = list(DeliveryOption.objects.all())
    assert [option.code for option in options] == ["pishtaz", "tipax", "peyk", "peyk-saat", "hozuri", "sanduq", "noqte"]
    assert all(set(option.name) == {"fa", "ar", "en"} for option in options)
    assert options[2].regions == ["تهران"]


def test_a_second_build_changes_nothing():
    first = build_shop(SMALL)
    orders = list(Order.objects.order_by("pk").values_list("pk", "number"))
    second = build_shop(SMALL)
    assert (second.begun_at, second.digest) == (first.begun_at, first.digest)
    assert list(Order.objects.order_by("pk").values_list("pk", "number")) == orders


def test_an_interrupted_build_is_begun_again_and_ends_as_if_nothing_had_happened(monkeypatch):
    def pull_the_plug(orders):
        raise KeyboardInterrupt

    monkeypatch.setattr("vafa.demo.actions.building.digest", pull_the_plug)
    with pytest.raises(KeyboardInterrupt):
        build_shop(SMALL)
    assert Build.objects.get().finished_at is None
    monkeypatch.undo()
    assert build_shop(SMALL).digest == simulation.digest(simulate(SMALL))
    assert Order.objects.count() == len(simulate(SMALL))


def test_a_named_shop_that_is_not_simulated_is_left_alone():
    save_settings(name="Aram's books")
    assert refused_build() == "real-shop"
    assert not Order.objects.exists()
    assert the_shop().name == "Aram's books"


def test_a_database_with_people_but_without_settings_is_left_alone():
    User.objects.create(username="aram", role=Role.OWNER)
    assert refused_build() == "real-shop"
    assert not Build.objects.exists()


def test_an_empty_database_is_nobodys_shop():
    assert not holds_real_shop()


def refused_build() -> str:
    with pytest.raises(Problem) as refused:
        build_shop(SMALL)
    return refused.value.code


def test_the_customers_of_open_promises_were_written_to_and_nothing_left():
    small_shop()
    known = Promise.objects.filter(
        state__in=[State.OPEN, State.REVISED], replaces__isnull=True, kind="delivery"
    ).count()
    written = Message.objects.filter(template__in=["orders.confirmed", "promises.made"])
    assert set(written.values_list("state", "reason")) == {("held", "switch")}
    assert Message.objects.filter(template="orders.confirmed").count() == known
    assert Message.objects.filter(template="promises.made").count() == known
    assert Attempt.objects.count() == 0


def test_customers_have_names_and_addresses_that_reach_nobody():
    small_shop()
    refs = set(Order.objects.values_list("customer_ref", flat=True))
    assert set(Customer.objects.values_list("ref", flat=True)) == refs
    assert not Customer.objects.filter(name="").exists()
    domains = {address.rpartition("@")[2] for address in ContactPoint.objects.values_list("address", flat=True)}
    assert domains <= {"example.org", "example.net", "example.com"}
