from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from vafa.delivery.actions.pooling import keep_pooled
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.city_text import as_picture, as_text
from vafa.delivery.models import Parcel
from vafa.delivery.queries import history
from vafa.delivery.queries.cities import busiest_cities, city_table
from vafa.delivery.queries.quoting import answer
from vafa.delivery.questions import Asked
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.engine.history import Place
from vafa.kit.clock import now
from vafa.kit.problems import Problem
from vafa.orders.models import Order, Seller
from vafa.shop.actions import remember_places, save_settings
from vafa.shop.models import Place as ShopPlace

pytestmark = pytest.mark.django_db
ELSEWHERE = {"place": "", "option": "", "seller": "", "days": 6}
SHIRAZ_STATED = {"place": "Shiraz", "option": "", "seller": "", "days": 3}
BARE = Place("71999", "Shiraz")  # what an import without provinces knows


def ask(to="Shiraz", **question):
    return make_quote(Asked(to=to, **question), at=NOW)


def problem_of(to, **question):
    with pytest.raises(Problem) as refused:
        ask(to, **question)
    return refused.value


def orders_by_code(count, place=BARE, takes=9):
    """Orders as of an import that carries a city and a code, and no province."""
    remember_places([place])
    to = ShopPlace.objects.get(code=place.code)
    seller = Seller.objects.get(code="ketab")
    for number in range(count):
        placed = NOW - timedelta(days=30, hours=number)
        order = Order.objects.create(number=f"{place.code}-{number}", placed_at=placed, place=to, seller=seller)
        Parcel.objects.create(order=order, delivered_at=placed + timedelta(days=takes))


def test_orders_by_code_count_for_their_city():
    make.a_shop()
    make.orders(40)
    orders_by_code(30)
    facts = history().facts
    assert {facts.destination_region[row] for row in range(len(facts)) if facts.destination_city[row] == "Shiraz"} == {
        "Fars"
    }
    assert {place.city: orders for place, orders in busiest_cities(5)} == {"Shiraz": 50, "Tehran": 20}


def test_the_answer_for_a_city_rests_on_both_imports():
    make.a_shop()
    make.orders(40)
    alone = ask().answers[0]
    orders_by_code(30)
    both = {to: ask(to).answers[0] for to in ("Shiraz", "71345", "71999")}
    assert both["Shiraz"] == both["71345"]
    assert (both["Shiraz"]["days"], alone["probability"]) > (alone["days"], both["Shiraz"]["probability"])
    assert both["Shiraz"]["days"] < both["71999"]["days"] < 10  # each code's own parcels count a little
    keep_pooled(at=NOW)
    frequency = ask().answers[0]["frequency"]
    assert (frequency["level"], frequency["of"] > 20) == ("place", True)


def test_a_code_without_a_province_is_served_like_its_city():
    make.a_shop()
    make.orders(40)
    remember_places([BARE])
    assert not ask("71999").answers[0]["refused"]


def test_a_city_name_in_two_provinces_stays_apart():
    make.a_shop()
    make.orders(40)
    remember_places([Place("90000", "Shiraz", "Elsewhere"), BARE])
    assert problem_of("71999").code == "place-never-served"


def test_an_empty_shop_with_a_statement_for_elsewhere_promises_every_place_and_says_so():
    save_settings(zone="Asia/Tehran", holiday_country="", stated_times=[ELSEWHERE])
    found = ask("Atlantis").answers[0]
    assert (found["refused"], found["basis"]) == (False, "stated")
    assert 6 <= found["days"] <= 14
    assert found["reason"]["text"]["en"].startswith(
        "Atlantis is not known, so this rests on what is stated for all other places. This comes from the times you"
    )


def test_a_stated_place_is_answered_by_its_own_time_and_any_other_by_elsewhere():
    save_settings(zone="Asia/Tehran", holiday_country="", stated_times=[ELSEWHERE, SHIRAZ_STATED])
    assert ask("شیراز").answers[0]["days"] < ask("Atlantis").answers[0]["days"]
    assert "not known" not in ask("شیراز").answers[0]["reason"]["text"]["en"]


def test_in_a_shop_with_history_an_unknown_code_is_refused():
    make.a_shop()
    make.orders(40)
    problem = problem_of("99999")
    assert (problem.code, problem.status, problem.about) == ("unknown-place", 422, {})


def test_in_a_shop_with_history_a_statement_for_elsewhere_answers_an_unknown_code_and_no_slip_of_the_pen():
    make.a_shop(stated_times=[ELSEWHERE])
    make.orders(40)
    assert "is not known" in ask("99999").answers[0]["reason"]["text"]["en"]
    problem = problem_of("Shirazz")
    assert (problem.code, problem.about) == ("unknown-place", {"did_you_mean": "Shiraz"})
    assert str(problem) == "No place is known by the name Shirazz. Did you mean Shiraz?"


def test_where_it_leaves_from_must_be_known_whatever_is_stated():
    make.a_shop(stated_times=[ELSEWHERE])
    assert problem_of("Shiraz", origin="Atlantis").field == "from"


@pytest.mark.parametrize("name", ["شیراز", "شيراز", "shiraz", "SHIRAZ", " Shiraz "])
def test_a_city_is_found_in_every_script(name):
    make.a_shop()
    make.orders(40)
    assert ask(name).question["city"] == "Shiraz"


def test_a_statement_in_one_script_counts_for_the_city_in_another():
    make.a_shop(stated_times=[{**SHIRAZ_STATED, "place": "شیراز", "days": 15}])
    assert ask("Shiraz").answers[0]["days"] >= 15


def test_the_page_asks_whether_another_city_was_meant_and_suggests_known_ones(owner_client):
    make.a_shop()
    make.orders(60, until=now())
    page = owner_client.get(reverse("delivery:try"), {"to": "Shirazz"}).content.decode()
    assert "Did you mean Shiraz?" in page
    assert 'href="/try/?to=Shiraz"' in page
    assert '<datalist id="cities"><option value="Shiraz"></option>' in page
    owner_client.cookies["django_language"] = "fa"
    assert '<option value="شیراز"></option>' in owner_client.get(reverse("delivery:try")).content.decode()


def test_a_field_filled_in_wrongly_is_told_where_the_answers_would_stand(owner_client):
    make.a_shop()
    make.orders(60, until=now())
    asked = {"to": "Shiraz", "weight": "heavy"}
    part = owner_client.get(reverse("delivery:try"), asked, headers={"HX-Request": "true"}).content.decode()
    assert "Weight in grams: Enter a number." in part
    assert "chip" not in part


@pytest.mark.parametrize("caution", ["500", "49", "x", "-1"])
def test_a_caution_that_cannot_be_is_refused_with_a_sentence(owner_client, caution):
    make.a_shop()
    make.orders(60, until=now())
    page = owner_client.get(reverse("delivery:try"), {"to": "Shiraz", "caution": caution}).content.decode()
    assert "Caution lies between 50 and 99 of 100." in page
    assert "Why this date?" not in page


def test_the_city_table_of_an_empty_shop_lists_what_is_stated(owner_client):
    save_settings(zone="Asia/Tehran", holiday_country="", stated_times=[ELSEWHERE, SHIRAZ_STATED])
    rows = city_table(NOW).rows
    assert [(row.city, row.orders, row.is_elsewhere) for row in rows] == [("Shiraz", 0, False), ("", 0, True)]
    assert 3 <= rows[0].cells[0].days < rows[1].cells[0].days
    assert "Everywhere else: " in as_text(city_table(NOW), "Ketab", "en")
    assert "Everywhere else" in as_picture(city_table(NOW), "Ketab", "en")
    assert "Everywhere else" in owner_client.get(reverse("delivery:city-table")).content.decode()


def test_a_stated_city_with_orders_is_listed_once():
    make.a_shop(stated_times=[{**SHIRAZ_STATED, "place": "شیراز"}, {**SHIRAZ_STATED, "option": "post"}])
    make.orders(40)
    assert sorted(row.city for row in city_table(NOW).rows) == ["Shiraz", "Tehran"]


def test_a_look_back_knows_only_what_was_known_then(capsys):
    make.a_shop()
    make.orders(120, days=(2,))
    then = NOW - timedelta(days=20)
    before = answer(Asked(to="Shiraz"), then, looks_back=True)
    Parcel.objects.filter(delivered_at__gt=then).update(delivered_at=NOW + timedelta(days=30))
    Order.objects.filter(placed_at__gt=then).update(cancelled=True)
    again = answer(Asked(to="Shiraz"), then, looks_back=True)
    assert [each.as_json() for each in again.answers] == [each.as_json() for each in before.answers]
    assert before.facts_until <= then
    call_command("quote", "--to", "Shiraz", "--at", then.isoformat(), "--json")
    assert f'"promised_on": "{before.answers[0].promised_on}"' in capsys.readouterr().out


def test_a_look_back_refuses_a_place_that_was_first_served_later():
    make.a_shop()
    make.orders(160)
    make.rare_orders(3)
    with pytest.raises(Problem) as refused:
        answer(Asked(to="Kabul"), NOW - timedelta(days=35), looks_back=True)
    assert refused.value.code == "place-never-served"
    assert not answer(Asked(to="Kabul"), NOW - timedelta(days=1), looks_back=True).answers[0].is_refusal
