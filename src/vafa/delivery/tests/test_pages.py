import pytest
from django.urls import reverse
from django.utils.translation import override

from vafa.delivery.city_text import as_picture, as_text
from vafa.delivery.models import DeliveryOption, Quote
from vafa.delivery.queries.cities import city_table
from vafa.delivery.queries.history import payments
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.kit.clock import now
from vafa.orders.models import Order
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db
STAFF_PAGES = ["delivery:try", "delivery:city-table", "delivery:backtests", "delivery:models"]


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_strangers_are_sent_to_the_sign_in_page(client, name):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", STAFF_PAGES)
@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_pages_of_an_empty_shop_open_in_every_language(owner_client, name, language):
    owner_client.cookies["django_language"] = language
    page = owner_client.get(reverse(name))
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()


def test_trying_shows_the_date_with_its_reason_and_picture_and_keeps_nothing(owner_client):
    make.a_shop()
    make.orders(150, until=now())
    page = owner_client.get(reverse("delivery:try"), {"to": "Shiraz", "caution": 80}).content.decode()
    assert "Why this date?" in page
    assert "80 of 100" in page
    assert "<svg" in page
    assert not Quote.objects.exists()


def test_moving_the_slider_answers_with_the_fragment_alone(owner_client):
    make.a_shop()
    make.orders(150, until=now())
    fragment = owner_client.get(
        reverse("delivery:try"), {"to": "Shiraz", "caution": 80}, headers={"HX-Request": "true"}
    )
    assert "<html" not in fragment.content.decode()
    assert "What this caution means" in fragment.content.decode()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"to": "Atlantis"}, "No place is known"),
        ({"to": "Tabriz"}, "Nothing has been delivered there yet"),
        ({"to": "Shiraz", "weight": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_question_that_cannot_be_is_answered_with_a_sentence(owner_client, question, sentence):
    make.a_shop()
    make.orders(60, until=now())
    page = owner_client.get(reverse("delivery:try"), question)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_an_owner_makes_a_caution_the_shops(owner_client):
    make.a_shop()
    owner_client.post(reverse("delivery:save-caution"), {"caution": 95})
    assert the_shop().target_probability == 0.95


def test_an_agent_cannot_change_the_caution(agent_client):
    make.a_shop()
    assert agent_client.post(reverse("delivery:save-caution"), {"caution": 95}).status_code == 403
    assert the_shop().target_probability == 0.9


def test_a_caution_out_of_range_changes_nothing(owner_client):
    make.a_shop()
    assert owner_client.post(reverse("delivery:save-caution"), {"caution": 100}).status_code == 422
    assert the_shop().target_probability == 0.9


def test_the_city_table_gives_days_for_the_busiest_cities_and_none_without_evidence():
    make.a_shop()
    make.orders(150)
    Order.objects.filter(number="A1").update(place=make.ShopPlace.objects.get(code=make.TABRIZ.code))
    rows = {row.city: row for row in city_table(NOW).rows}
    assert set(rows) == {"Tehran", "Shiraz", "Tabriz"}
    assert rows["Tehran"].cells[0].days < rows["Shiraz"].cells[0].days
    assert rows["Tehran"].cells[0].probability >= 0.9
    assert rows["Tabriz"].cells[0].days is None


def test_the_copied_text_has_the_readers_digits_and_leaves_out_what_cannot_be_said():
    make.a_shop()
    make.orders(150)
    Order.objects.filter(number="A1").update(place=make.ShopPlace.objects.get(code=make.TABRIZ.code))
    table = city_table(NOW)
    days = table.rows[0].cells[0].days
    text = as_text(table, "Ketab", "fa")
    assert "Tabriz" not in text
    assert f"{days} روز".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in text
    assert f"{days} days" in as_text(table, "Ketab", "en")


def test_each_language_has_its_own_names_of_the_cities():
    make.a_shop()
    make.orders(150)
    table = city_table(NOW)
    assert "شیراز: " in as_text(table, "Ketab", "fa")
    assert "شيراز: " in as_text(table, "Ketab", "ar")
    assert "Shiraz: " in as_text(table, "Ketab", "en")


def test_the_picture_stands_alone_and_escapes_what_people_typed():
    make.a_shop()
    make.orders(150)
    with override("en"):
        picture = as_picture(city_table(NOW), "<b>Ketab</b>", "fa")
    assert "<b>" not in picture
    assert "data:font/woff2" in picture
    assert 'direction="rtl"' in picture
    assert "http://" not in picture.replace("http://www.w3.org/2000/svg", "")


def test_each_option_has_its_own_column_and_says_where_it_does_not_go():
    make.a_shop()
    make.orders(150)
    DeliveryOption.objects.create(code="post", position=1)
    DeliveryOption.objects.create(code="bike", position=2, regions=["Tehran"])
    table = city_table(NOW)
    bike = {row.city: row.cells[1].days for row in table.rows}
    assert [code for code, _names in table.options] == ["post", "bike"]
    assert bike["Shiraz"] is None


def test_pages_cost_the_same_queries_however_many_orders(owner_client, django_assert_max_num_queries):
    make.a_shop()
    make.orders(150, until=now())
    owner_client.get(reverse("delivery:city-table"))
    with django_assert_max_num_queries(17):
        owner_client.get(reverse("delivery:city-table"))
    with django_assert_max_num_queries(19):
        owner_client.get(reverse("delivery:try"), {"to": "Shiraz"})


def test_the_page_asks_how_it_is_paid_where_the_orders_say_so(owner_client):
    make.a_shop()
    make.orders(60, until=now())
    page = reverse("delivery:try")
    assert "Payment method" not in owner_client.get(page).content.decode()
    Order.objects.filter(number__in=["A1", "A2", "A3"]).update(payment="On delivery")
    Order.objects.filter(number="A4").update(payment="ON DELIVERY")
    Order.objects.filter(number="A5").update(payment="Card")
    assert payments() == ["On delivery", "Card"]
    answer = owner_client.get(page, {"to": "Shiraz", "payment": "Card"})
    shown = answer.content.decode()
    assert '<option value="Card" selected>' in shown
    assert answer.context["form"].asked().payment == "Card"


def test_a_way_of_paying_that_nobody_used_is_refused(owner_client):
    make.a_shop()
    make.orders(60, until=now())
    page = owner_client.get(reverse("delivery:try"), {"to": "Shiraz", "payment": "shells"}).content.decode()
    assert "shells is not one of the available choices" in page


def test_an_option_reaches_a_region_by_any_of_its_names(owner_client):
    make.a_shop()
    make.orders(150, until=now())
    DeliveryOption.objects.create(code="post", regions=["فارس"])
    page = owner_client.get(reverse("delivery:try"), {"to": "Shiraz"}).content.decode()
    assert "does not deliver there" not in page
