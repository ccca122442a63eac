"""The pages of a shop that has a history, in three languages and two widths."""

from __future__ import annotations

import pytest
from django.urls import reverse

from vafa.accounts.models import Role, User
from vafa.connectors.models import InboxItem
from vafa.delivery.models import Parcel
from vafa.demo.tests.make import small_shop
from vafa.promises.models import Promise

PAGES = [
    "/",
    "/report/",
    "/promises/",
    "/guarantees/",
    "/guarantees/on-the-day/",
    "/guarantees/two-days/",
    "/guarantees/two-days/cost/",
    "/remedies/",
    "/vouchers/",
    "/claims/",
    "/claims/what-it-takes/?place=شیراز&days=2&level=95",
    "/parcels/",
    "/parcels/?view=all",
    "/sources/",
    "/try/?to=تهران",
    "/city-table/",
    "/backtests/",
    "/models/",
    "/import/",
    "/demo/replace",
    "/settings/record/",
]
PUBLIC = ["/guarantee/on-the-day/1/", "/demo/", "/verify", "/record/", "/record/seals/", "/sign-in/"]


@pytest.fixture
def owner(transactional_db):
    small_shop()
    return User.objects.create(username="aram", role=Role.OWNER, password="!")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_staff_is_right_for_everyone(look, owner, path):
    look(path, user=owner, name="history-" + path.strip("/").split("?")[0].replace("/", "-"))


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_right_for_everyone(look, owner, path):
    look(path, name="history-" + path.strip("/").replace("/", "-"))


def test_a_promise_and_its_receipt_are_right_for_everyone(look, owner):
    promise = Promise.objects.earliest("made_at", "pk")
    look(reverse("promises:promise", args=[promise.public_id]), user=owner, name="history-promise")
    look(reverse("promises:receipt", args=[promise.public_id]), name="history-receipt")


def test_the_effect_of_the_caution_is_seen_at_once(visit, owner):
    page = visit("/try/?to=تهران", user=owner)
    before = page.locator("#answers").inner_text()
    page.locator("input[type=range]").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("before => document.querySelector('#answers').innerText !== before", arg=before)
    assert page.faults == []


def test_the_story_of_a_parcel_and_its_source_are_right_for_everyone(look, owner):
    parcel = Parcel.objects.filter(status="delivered").earliest("pk")
    look(reverse("delivery:order", args=[parcel.order.public_id]), user=owner, name="history-order")
    look(reverse("connectors:source", args=["tipax"]), user=owner, name="history-source")
    item = InboxItem.objects.get(state="quarantined")
    look(reverse("connectors:item", args=["tipax", item.pk]), user=owner, name="history-item")
