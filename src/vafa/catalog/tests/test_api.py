"""What can be chosen of a product, and what comes of a choice, over the API."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from vafa.accounts.actions import issue_token
from vafa.accounts.models import Role, User
from vafa.catalog.actions.options import ValueTerms
from vafa.catalog.models import Product, Stock
from vafa.catalog.tests import make
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
BASE = "/api/v1/products/bookcase/options"


@pytest.fixture
def headers(db) -> dict[str, str]:
    save_settings(name="Bookshop", default_language="en", languages=["en", "fa"], currency="IRR")
    make.shelves()
    make.a_bookcase()
    owner = User.objects.create(username="omid", role=Role.OWNER)
    return {"Authorization": f"Bearer {issue_token('shop', ['products:read'], owner)[1]}", "Accept-Language": "en"}


def evaluated(headers, status: int = 200, address: str = f"{BASE}/evaluation", **asked):
    answer = Client().post(address, json.dumps(asked), content_type="application/json", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_options_and_rules_are_told_as_they_are(headers):
    told = Client().get(BASE, headers=headers).json()
    assert [(each["code"], each["needed"], len(each["values"])) for each in told["options"]] == [
        ("o1", True, 2), ("o2", True, 2), ("o3", False, 1), ("o4", False, 1),
    ]  # fmt: skip
    assert told["options"][1]["values"][1] == {
        "code": "v2", "name": {"en": "Oak"}, "surcharge_minor": 30_000_000, "lead_days": 3, "parts": {"oak board": 6},
        "counted": [], "words_most": 0, "words_needed": False,
    }  # fmt: skip
    assert told["rules"][0] == {
        "tie": "requires", "value": {"option": "o3", "value": "v1"}, "other": {"option": "o2", "value": "v2"},
        "why": {"en": "Pine would bend under it."},
    }  # fmt: skip


def test_a_choice_is_evaluated_as_on_the_page(headers):
    told = evaluated(headers, chosen={"o1": "v2", "o2": "v2", "o3": "v1"})
    assert (told["is_possible"], told["price_minor"], told["lead_days"], told["pieces"]) == (True, 149_000_000, 6, 3)
    assert told["parts"] == {"hinge": 4, "oak board": 6, "pane": 2}
    assert evaluated(headers)["chosen"] == {"o1": "v1", "o2": "v1"}


def test_a_conflict_is_explained_with_what_would_do(headers):
    told = evaluated(headers, chosen={"o1": "v2", "o2": "v1", "o3": "v1"})
    assert told["is_possible"] is False
    assert told["conflicts"] == [
        {
            "clash": "requires", "option": "o3", "value": "v1", "others": [{"option": "o2", "value": "v2"}],
            "ways": [{"option": "o3", "value": ""}, {"option": "o2", "value": "v2"}],
            "sentence": "“Glass” needs “Oak”.", "why": {"en": "Pine would bend under it."},
        }
    ]  # fmt: skip


def test_words_and_parts_are_looked_at_too(headers):
    make.book("hide", None, pieces=5)
    leather = ValueTerms({"en": "Leather"}, parts={"hide-1": 4}, words_most=5)
    make.option(Product.objects.get(code="bookcase"), "Seat", leather)
    chosen = {"o1": "v1", "o2": "v1", "o5": "v1"}
    told = evaluated(headers, chosen=chosen, written={"o5": "too long"})
    assert (told["is_possible"], told["pieces"]) == (False, 1)
    assert told["words"] == [{"option": "o5", "wrong": "too-long", "most": 5, "sentence": "Only 5 characters fit."}]
    Stock.objects.filter(variant__sku="hide-1").update(reserved=2)
    told = evaluated(headers, chosen=chosen, written={"o5": "Sara"})
    assert (told["is_possible"], told["pieces"]) == (True, 0)


@pytest.mark.parametrize(("asked", "status", "code"), [
    ({"chosen": {"o1": 1}}, 422, "wrong-type"),
    ({"chosen": {"o" * 41: "v1"}}, 422, "too-long"),
    ({"sku": "other-1"}, 404, "not-for-sale"),
    ({"nonsense": 1}, 422, "unknown-field"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused(headers, asked, status, code):
    assert evaluated(headers, status, **asked)["code"] == code


def test_a_product_that_is_not_there_or_sold_as_it_is(headers):
    assert evaluated(headers, 404, "/api/v1/products/nothing/options/evaluation")["code"] == "no-such-product"
    make.book("divan")
    assert Client().get("/api/v1/products/divan/options", headers=headers).json() == {
        "product": "divan", "options": [], "rules": [],
    }  # fmt: skip
    assert evaluated(headers, 200, "/api/v1/products/divan/options/evaluation")["price_minor"] == 5_600_000
