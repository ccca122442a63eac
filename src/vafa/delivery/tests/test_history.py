from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.utils.translation import override

from vafa.delivery.answers import Frequency
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries import history
from vafa.delivery.sentences import frequency_text, own_text
from vafa.delivery.standins import NUMBERS, averaged, filled_in, stand_ins_of
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.delivery.track import Cases, frequency_of, is_served, promises_by_place, track_of
from vafa.engine.curve import Curve
from vafa.engine.history import Place, Question
from vafa.orders.models import Order
from vafa.promises.actions.making import make_promise
from vafa.shop.actions import remember_places
from vafa.shop.models import Place as ShopPlace

pytestmark = pytest.mark.django_db


def test_the_history_holds_orders_parcels_and_the_dates_first_promised():
    make.a_shop()
    make.orders(10)
    make_promise(
        kind="delivery", key="k", subject_type="order", subject_ref="A9", due_on=date(2026, 3, 6), zone="Asia/Tehran",
        at=NOW,
    )  # fmt: skip
    known = history()
    assert list(known.numbers) == [f"A{number}" for number in range(10)]
    assert np.isfinite(known.promised).sum() == 1
    assert (date(1970, 1, 1) + timedelta(days=int(known.promised[9]))) == date(2026, 3, 6)
    assert set(known.facts.seller) == {"ketab"}
    assert float(known.facts.price[0]) == 500_000


def test_orders_without_an_option_went_by_the_first_one():
    make.a_shop()
    make.orders(2)
    assert set(history().facts.option) == {"standard"}
    DeliveryOption.objects.create(code="post")
    assert set(history().facts.option) == {"post"}


def test_reading_the_history_takes_the_same_queries_however_many_orders(django_assert_num_queries):
    make.a_shop()
    make.orders(50)
    with django_assert_num_queries(7):
        history()


def test_only_regions_with_an_order_are_served():
    make.a_shop()
    make.orders(4)
    track = track_of(history())
    assert is_served(track, make.SHIRAZ)
    assert not is_served(track, make.TABRIZ)


def test_a_shop_with_one_seller_need_not_name_it():
    make.a_shop()
    make.orders(4)
    track = track_of(history())
    assert (track["seller"], track["origin"]["code"]) == ("ketab", make.TEHRAN.code)


def test_what_a_question_leaves_open_comes_from_recent_orders_to_the_region():
    make.a_shop()
    make.orders(40)
    kept = stand_ins_of(history())
    asked = Question(asked_at=NOW, destination=make.SHIRAZ, weight_g=5.0)
    complete, places = filled_in([asked], kept)
    assert len(complete) == len(places) == 8
    assert {each.seller for each in complete} == {"ketab"}
    assert {(each.price, each.weight_g) for each in complete} == {(500_000.0, 5.0)}


def test_a_question_with_a_seller_stands_for_itself():
    make.a_shop()
    make.orders(40)
    asked = Question(asked_at=NOW, destination=make.SHIRAZ, seller="other", price=1.0)
    complete, places = filled_in([asked], stand_ins_of(history()))
    assert (complete[0].seller, complete[0].price, places) == ("other", 1.0, [0])


def test_a_question_that_names_no_payment_is_asked_as_if_paid_in_the_usual_way():
    kept = {"": [{"seller": "ketab", "payment": paid, **dict.fromkeys(NUMBERS)} for paid in ("card", "cash", "card")]}
    asked = Question(asked_at=NOW, destination=make.SHIRAZ, seller="ketab")
    complete, _places = filled_in([asked, replace(asked, payment="cash")], kept)
    assert [each.payment for each in complete] == ["card", "cash"]


def test_curves_of_stand_ins_are_averaged():
    one = Curve(date(2026, 3, 1), np.array([0.0, 0.5]), 10.0, "model")
    other = Curve(date(2026, 3, 1), np.array([0.5, 0.5, 1.0]), 20.0, "model")
    mean = averaged([one, other], [0, 0], 1)[0]
    assert list(mean.by_day) == [0.25, 0.5, 0.75]
    assert mean.evidence == 15.0


def frequency(track, held, to, *, blended=False):
    return frequency_of(replace(Cases.of(track, held, "standard", 0.9, 3), is_blended=blended), to)


def test_kept_promises_to_the_place_are_counted_before_anything_else():
    track = {"promises": promises_by_place([("Shiraz", "Fars", number != 0) for number in range(30)])}
    found = frequency(track, {"all": [0.1] * 50}, make.SHIRAZ)
    assert (found.kept, found.of, found.counts, found.level, found.place) == (29, 30, "promises", "place", "Shiraz")


def test_a_place_with_few_cases_falls_back_to_its_region_and_then_to_all():
    held = {"region:fars": [0.5] * 20 + [0.95] * 5, "all": [0.1] * 100}
    assert frequency({}, held, make.SHIRAZ).level == "region"
    assert frequency({}, held, make.SHIRAZ).kept == 20
    assert frequency({}, held, make.TABRIZ).level == "all"
    assert frequency({}, {}, make.TABRIZ) is None


def test_what_counts_all_orders_says_of_which_place_it_does_not_speak():
    found = frequency({}, {"all": [0.1] * 100}, make.KABUL)
    with override("en"):
        assert frequency_text(found) == (
            "100 of the last 100 dates like this would have been kept: of all orders, not of Kabul"
        )
        assert own_text(found) == ""


def test_the_few_cases_of_the_place_itself_are_not_hidden():
    track = {"arrivals": {"standard": {"city:kabul:afghanistan": [9, 12, 2, 3, 14, 12]}}}
    found = frequency(track, {"all": [0.1] * 100}, make.KABUL)
    assert (found.level, found.own_kept, found.own_of, found.own_counts) == ("all", 2, 6, "arrivals")
    assert found.own_contradicts(0.9)
    with override("en"):
        assert own_text(found) == "2 of the last 6 parcels to Kabul took no longer than this"


def test_few_cases_that_chance_explains_do_not_speak_against_the_promise():
    assert not Frequency(90, 100, "backtest", "all", "", "Kabul", 4, 5).own_contradicts(0.9)
    assert Frequency(90, 100, "backtest", "all", "", "Kabul", 12, 19).own_contradicts(0.9)
    assert not Frequency(90, 100, "backtest", "all", "", "Kabul").own_contradicts(0.9)


def test_four_cases_of_the_place_say_nothing():
    track = {"arrivals": {"standard": {"city:kabul:afghanistan": [9, 12, 2, 3]}}}
    assert frequency(track, {"all": [0.1] * 100}, make.KABUL).own_of == 0


def test_where_another_mixture_answers_the_places_own_parcels_count_and_not_the_models_backtest():
    track = {"arrivals": {"standard": {"region:fars": [9] * 15 + [3] * 5}}}
    held = {"city:shiraz:fars": [0.1] * 30, "region:fars": [0.1] * 30, "all": [0.1] * 100}
    found = frequency(track, held, make.SHIRAZ, blended=True)
    assert (found.kept, found.of, found.counts, found.level) == (5, 20, "arrivals", "region")
    assert frequency(track, held, make.SHIRAZ).counts == "backtest"


def test_orders_to_a_place_in_two_scripts_are_orders_to_one_place():
    make.a_shop()
    make.orders(10)
    remember_places([Place("71346", "شیراز", "فارس", "IR")])
    Order.objects.filter(number__in=["A1", "A3"]).update(place=ShopPlace.objects.get(code="71346"))
    facts = history().facts
    assert set(facts.destination_region) == {"Tehran", "Fars"}
    assert set(facts.destination_city) == {"Tehran", "Shiraz"}
