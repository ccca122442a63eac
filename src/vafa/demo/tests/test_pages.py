"""The demo's pages: a welcome with two doors, covers, and the way to one's own shop."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from vafa.accounts.models import User
from vafa.demo.models import Strike
from vafa.demo.queries import today_at
from vafa.demo.tests.make import small_shop
from vafa.demo.tests.test_replacing import ANSWERS
from vafa.jobs.models import Job
from vafa.kit.clock import now
from vafa.orders.models import Order
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner_of_the_demo(client) -> Client:
    small_shop()
    client.post(reverse("demo:enter"), {"role": "owner"})
    return client


@pytest.mark.parametrize(("language", "words"), [("en", "Enter as owner"), ("fa", 'dir="rtl"'), ("ar", 'dir="rtl"')])
def test_the_welcome_is_there_in_three_languages(client, language, words):
    small_shop()
    page = client.get(reverse("demo:landing"), headers={"accept-language": language})
    assert page.status_code == 200
    assert words in page.content.decode()
    assert page.content.decode().count("<svg xmlns") == 10


def test_the_welcome_takes_at_most_five_queries(client, django_assert_max_num_queries):
    small_shop()
    with django_assert_max_num_queries(5):
        client.get(reverse("demo:landing"))


@pytest.mark.parametrize("role", ["owner", "agent"])
def test_one_click_signs_in_as_the_role(client, role):
    small_shop()
    answer = client.post(reverse("demo:enter"), {"role": role})
    assert answer.headers["location"] == reverse("console:home")
    assert User.objects.get(pk=client.session["_auth_user_id"]).role == role


def test_signing_in_needs_the_token_of_the_page():
    small_shop()
    assert Client(enforce_csrf_checks=True).post(reverse("demo:enter"), {"role": "owner"}).status_code == 403


def test_following_a_link_signs_nobody_in(client):
    small_shop()
    assert client.get(reverse("demo:enter"), {"role": "owner"}).status_code == 405


def test_a_real_shop_has_no_such_door(client):
    save_settings(name="Aram's books")
    assert client.post(reverse("demo:enter"), {"role": "owner"}).status_code == 403
    assert client.get(reverse("demo:landing")).status_code == 404
    assert not User.objects.exists()


def test_an_unknown_role_is_refused(client):
    small_shop()
    people = set(User.objects.values_list("username", flat=True))
    assert client.post(reverse("demo:enter"), {"role": "king"}).status_code == 400
    assert set(User.objects.values_list("username", flat=True)) == people


def test_a_cover_is_a_picture_that_browsers_may_keep(client):
    answer = client.get(reverse("demo:cover", args=["گلستان"]))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "max-age=86400" in answer.headers["cache-control"]
    ElementTree.fromstring(answer.content)
    again = client.get(reverse("demo:cover", args=["گلستان"]), headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_the_bar_above_every_page_leads_one_day_on(owner_of_the_demo):
    page = owner_of_the_demo.get("/work/").content.decode()
    tomorrow = today_at(now()) + timedelta(days=1)
    assert f'action="{reverse("demo:tick")}"' in page
    assert f'name="day" value="{tomorrow}"' in page


def test_a_real_shop_has_no_such_bar(owner_client):
    save_settings(name="Aram's books")
    assert reverse("demo:tick") not in owner_client.get("/work/").content.decode()


def test_pressed_twice_it_is_one_day_and_the_page_shows_how_far_it_is(owner_of_the_demo):
    day = (today_at(now()) + timedelta(days=1)).isoformat()
    for _press in range(2):
        answer = owner_of_the_demo.post(reverse("demo:tick"), {"day": day})
        assert answer.headers["location"] == reverse("demo:time")
    job = Job.objects.get(task="demo.tick")
    assert job.arguments == {"until": day}
    page = owner_of_the_demo.get(reverse("demo:time")).content.decode()
    assert str(job.public_id) in page
    assert 'name="day"' not in page.split("<main", 1)[1]


@pytest.mark.parametrize("day", ["", "tomorrow", "9999-12-31"])
def test_what_is_no_day_or_too_far_is_refused(owner_of_the_demo, day):
    assert owner_of_the_demo.post(reverse("demo:tick"), {"day": day}).status_code == 422
    assert not Job.objects.filter(task="demo.tick").exists()


def test_a_carrier_is_stopped_and_goes_on(owner_of_the_demo):
    owner_of_the_demo.post(reverse("demo:strike"), {"carrier": "post", "days": "5"})
    assert "stands still since" in owner_of_the_demo.get(reverse("demo:time")).content.decode()
    owner_of_the_demo.post(reverse("demo:end-strike"))
    assert "stands still since" not in owner_of_the_demo.get(reverse("demo:time")).content.decode()


@pytest.mark.parametrize("form", [{"carrier": "dhl", "days": "5"}, {"carrier": "post", "days": "1000"}, {}])
def test_no_other_carrier_is_stopped(owner_of_the_demo, form):
    assert owner_of_the_demo.post(reverse("demo:strike"), form).status_code == 422
    assert not Strike.objects.exists()


def test_a_second_carrier_is_refused_in_the_form(owner_of_the_demo):
    owner_of_the_demo.post(reverse("demo:strike"), {"carrier": "post", "days": "5"})
    assert owner_of_the_demo.post(reverse("demo:strike"), {"carrier": "tipax", "days": "5"}).status_code == 409
    assert Strike.objects.get().carrier == "پست پیشتاز"


@pytest.mark.parametrize("name", ["tick", "strike", "end-strike"])
def test_time_and_strikes_are_for_staff_and_posts_only(owner_of_the_demo, name):
    assert owner_of_the_demo.get(reverse(f"demo:{name}")).status_code == 405
    assert Client().post(reverse(f"demo:{name}"), {"day": "2026-11-23"}).status_code == 302
    assert not Job.objects.filter(task="demo.tick").exists()


def test_a_real_shop_has_neither(owner_client):
    save_settings(name="Aram's books")
    assert owner_client.get(reverse("demo:time")).status_code == 404
    assert owner_client.post(reverse("demo:tick"), {"day": "2026-11-23"}).status_code == 404
    assert owner_client.post(reverse("demo:strike"), {"carrier": "post", "days": "5"}).status_code == 404
    assert owner_client.post(reverse("demo:end-strike")).status_code == 404
    assert not Job.objects.exists()


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_the_page_of_time_is_there_in_three_languages(owner_of_the_demo, language, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = owner_of_the_demo.get(reverse("demo:time"), headers={"accept-language": language})
    assert page.status_code == 200


def test_an_agent_cannot_replace_the_shop(client):
    small_shop()
    client.post(reverse("demo:enter"), {"role": "agent"})
    assert client.post(reverse("demo:replace"), ANSWERS).status_code == 403
    assert Order.objects.exists()


def test_a_stranger_is_sent_to_sign_in(client):
    small_shop()
    assert client.post(reverse("demo:replace"), ANSWERS).status_code == 302
    assert Order.objects.exists()


def test_the_page_asks_before_it_deletes(owner_of_the_demo):
    page = owner_of_the_demo.get(reverse("demo:replace")).content.decode()
    assert "کتاب‌سرای وفا" in page
    assert Order.objects.exists()


def test_the_page_says_while_a_worker_is_busy(owner_of_the_demo, job_running):
    assert "still busy" in owner_of_the_demo.get(reverse("demo:replace")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_replacing_leads_to_the_import_page_signed_in_as_the_new_owner(owner_of_the_demo):
    answer = owner_of_the_demo.post(reverse("demo:replace"), ANSWERS)
    assert answer.headers["location"] == reverse("connectors:import")
    assert User.objects.get(pk=owner_of_the_demo.session["_auth_user_id"]).username == "aram"
    assert not the_shop().simulated
    assert not Order.objects.exists()


def test_the_demos_roles_are_not_led_to_a_password_they_do_not_have(owner_of_the_demo):
    assert "/password/" not in owner_of_the_demo.get("/settings/").content.decode()
    User.objects.update(demo=False)
    assert "/password/" in owner_of_the_demo.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("typed_name", "another"), ("password", "short"), ("username", "a b"), ("new_name", "")]
)
def test_a_faulty_field_is_named_and_nothing_is_deleted(owner_of_the_demo, field, value):
    answer = owner_of_the_demo.post(reverse("demo:replace"), {**ANSWERS, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Order.objects.exists()


def test_a_real_shop_cannot_be_replaced(owner_client):
    save_settings(name="Aram's books")
    assert owner_client.get(reverse("demo:replace")).status_code == 404
    assert owner_client.post(reverse("demo:replace"), ANSWERS).status_code == 404
    assert the_shop().name == "Aram's books"
