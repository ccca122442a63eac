from datetime import timedelta

import pytest

from vafa.delivery.actions.pooling import keep_pooled
from vafa.delivery.actions.quotes import VALID_FOR, make_quote
from vafa.delivery.models import DeliveryOption, Quote
from vafa.delivery.questions import Asked
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.kit.problems import Problem
from vafa.shop.models import Place

pytestmark = pytest.mark.django_db


def ask(**question):
    return make_quote(Asked(**{"to": "Shiraz", **question}), at=NOW)


def refusal_of(**question):
    with pytest.raises(Problem) as refused:
        ask(**question)
    assert Quote.objects.count() == 0
    return refused.value.code, refused.value.field


def test_a_shop_with_some_orders_gets_a_date_with_its_chance_window_and_reason():
    make.a_shop()
    make.orders(120)
    answer = ask().answers[0]
    assert not answer["refused"]
    assert 3 <= answer["days"] <= 7
    assert answer["probability"] >= 0.9
    assert answer["window"]["earliest"] <= answer["promised_on"]
    assert answer["basis"] == "pooled"
    assert set(answer["reason"]["text"]) == {"fa", "ar", "en"}


def test_a_quote_is_kept_for_two_hours_with_its_question():
    make.a_shop()
    make.orders(120)
    quote = ask(weight_g=300.0)
    assert quote.expires_at - quote.asked_at == VALID_FOR
    assert quote.question["weight_g"] == 300.0
    assert (quote.question["city"], quote.question["region"]) == ("Shiraz", "Fars")


def test_more_caution_never_promises_an_earlier_day():
    make.a_shop()
    make.orders(120)
    days = [ask(caution=caution).answers[0]["days"] for caution in (0.5, 0.8, 0.95)]
    assert days == sorted(days)


def test_what_the_owner_states_answers_when_there_are_no_orders():
    make.a_shop(stated_times=[{"place": "Shiraz", "option": "", "seller": "", "days": 4}])
    answer = ask().answers[0]
    assert (answer["refused"], answer["basis"]) == (False, "stated")
    assert answer["days"] >= 4


def test_a_stated_place_is_known_before_the_first_order():
    make.a_shop(stated_times=[{"place": "شیراز", "option": "", "seller": "", "days": 4}])
    Place.objects.all().delete()
    assert refusal_of(to="Tabriz") == ("unknown-place", "to")
    answer = ask(to=" شيراز ").answers[0]
    assert (answer["refused"], answer["basis"]) == (False, "stated")


def test_without_orders_and_without_statement_there_is_an_honest_refusal():
    make.a_shop()
    answer = ask().answers[0]
    assert (answer["refused"], answer["promised_on"], answer["reason"]["code"]) == (True, None, "no-history")


def test_a_place_to_which_nothing_was_ever_sent_is_refused():
    make.a_shop()
    make.orders(60)
    assert refusal_of(to="Tabriz") == ("place-never-served", "to")


def test_a_statement_reaches_a_place_to_which_nothing_was_ever_sent():
    make.a_shop(stated_times=[{"place": "Tabriz", "option": "", "seller": "", "days": 5}])
    make.orders(60)
    assert not ask(to="Tabriz").answers[0]["refused"]


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ({"to": "Atlantis"}, ("unknown-place", "to")),
        ({"origin": "Atlantis"}, ("unknown-place", "from")),
        ({"to": "  "}, ("missing", "to")),
        ({"to": "a\x00"}, ("bad-text", "to")),
        ({"weight_g": -1.0}, ("below-zero", "weight_g")),
        ({"weight_g": float("nan")}, ("out-of-range", "weight_g")),
        ({"price_minor": 2**70}, ("out-of-range", "price_minor")),
        ({"items": 0}, ("out-of-range", "items")),
        ({"caution": 1.0}, ("out-of-range", "caution")),
        ({"options": ("rocket",)}, ("unknown-option", "options")),
        ({"at": NOW - timedelta(hours=1)}, ("date-in-past", "at")),
        ({"at": NOW + timedelta(days=400)}, ("date-too-far", "at")),
        ({"at": NOW.replace(tzinfo=None)}, ("no-zone", "at")),
    ],
)
def test_a_question_that_cannot_be_is_refused_and_nothing_is_kept(question, refused):
    make.a_shop()
    make.orders(30)
    assert refusal_of(**question) == refused


def test_a_clock_a_little_behind_is_forgiven():
    make.a_shop()
    make.orders(60)
    assert ask(at=NOW - timedelta(minutes=5)).asked_at == NOW - timedelta(minutes=5)


@pytest.mark.parametrize("code", ["71345", "۷۱۳۴۵", "71345-67890", "shiraz", "SHIRAZ"])
def test_a_place_is_found_by_other_spellings_of_its_code_or_name(code):
    make.a_shop()
    make.orders(60)
    assert ask(to=code).question["city"] == "Shiraz"


def test_every_active_option_is_answered_in_the_shops_order_and_says_where_it_does_not_go():
    make.a_shop()
    DeliveryOption.objects.create(code="post", position=1)
    DeliveryOption.objects.create(code="courier", position=2, regions=["Tehran"])
    DeliveryOption.objects.create(code="old", position=0, active=False)
    make.orders(60)
    answers = ask().answers
    assert [each["option"] for each in answers] == ["post", "courier"]
    assert answers[1]["reason"]["code"] == "option-not-here"


def test_dates_fall_on_the_delivery_weekdays_of_the_option_and_not_on_holidays():
    make.a_shop()
    make.orders(60)
    DeliveryOption.objects.create(code="post", delivery_weekdays=[0])
    first = ask().answers[0]["promised_on"]
    assert first == "2026-03-09"  # a Monday; eight days, as the first Monday comes too early
    make.a_shop(holidays_added=[first])
    assert ask().answers[0]["promised_on"] == "2026-03-16"


def test_the_frequency_counts_settled_cases_of_the_place_and_says_which():
    make.a_shop()
    make.orders(200)
    keep_pooled(at=NOW)
    frequency = ask().answers[0]["frequency"]
    assert frequency["level"] == "place"
    assert frequency["place"] == "Shiraz"
    assert frequency["counts"] == "backtest"
    assert 20 <= frequency["of"] <= 100


def test_with_very_few_orders_no_frequency_is_invented():
    make.a_shop()
    make.orders(30)
    assert ask().answers[0]["frequency"] is None


def test_long_after_the_newest_fact_the_answer_comes_on_the_right_weekday_and_says_so():
    from vafa.delivery.queries.quoting import answer

    make.a_shop()
    make.orders(120)
    fresh = answer(Asked(to="Shiraz"), NOW)
    late = answer(Asked(to="Shiraz"), NOW + timedelta(weeks=52))
    assert (fresh.is_stale, late.is_stale) == (False, True)
    assert late.answers[0].days == fresh.answers[0].days
