"""Torob asks in each of its ways, and asks wrongly."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from vafa.catalog.actions import ProductRow, StockRow, record_products, set_stock
from vafa.catalog.models import Product
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT, VariantRow
from vafa.kit.clock import real_now
from vafa.kit.signing import new_private_key, public_key_of, sign
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
ADDRESS = "/torob_api/v3/products"
REQUIRED = {"page_unique", "page_url", "title", "current_price", "availability", "image_links", "spec", "date_added"}


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME, settings.PUBLIC_URL = tmp_path, "https://shop.example"
    save_settings(name="Bookshop", default_language="en", languages=["en", "fa", "ar"])
    make.shelves()


def ask(client, body, **headers):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post(ADDRESS, text, content_type="application/json", headers=headers)
    return response.status_code, response.json()


def uniques(answer):
    return [each["page_unique"] for each in answer["products"]]


def many(count):
    """So many books of one article each, the later ones added later."""
    rows = [
        ProductRow(
            code=f"b{number}",
            category="novels",
            title={"fa": f"کتاب {number}"},
            variants=[VariantRow(f"b{number}-1", 1000 + number, "IRR")],
            added_at=AT + timedelta(minutes=number),
        )
        for number in range(count)
    ]
    record_products(rows, made_by="test", at=AT)
    set_stock([StockRow(f"b{number}-1", 1) for number in range(count)], at=AT)


def test_an_article_is_told_with_all_that_is_required(client):
    make.book("divan", price=5_600_001, specifications={"binding": {"fa": "سخت", "en": "hard"}})
    status, answer = ask(client, {"page": 1, "sort": "date_added_desc"})
    assert (status, answer["api_version"], answer["total"], answer["max_pages"]) == (200, "torob_api_v3", 1, 1)
    told = answer["products"][0]
    assert told.keys() >= REQUIRED
    assert (told["page_unique"], told["product_group_id"]) == ("divan-1", "divan")
    assert told["page_url"] == "https://shop.example/shop/p/divan/?v=divan-1"
    assert (told["title"], told["current_price"], told["availability"]) == ("دیوان حافظ", 560_001, True)
    assert (told["spec"], told["date_added"]) == ({"جلد": "سخت"}, "2026-05-02T08:00:00+00:00")
    assert client.get(told["page_url"].removeprefix("https://shop.example")).status_code == 200


def test_what_is_not_there_costs_nothing_and_says_so(client):
    make.book("divan", pieces=0)
    told = ask(client, {"page_uniques": ["divan-1"]})[1]["products"][0]
    assert (told["current_price"], told["availability"]) == (0, False)


def test_pages_hold_exactly_a_hundred(client):
    many(205)
    found = [ask(client, {"page": page, "sort": "date_added_desc"})[1] for page in (1, 2, 3, 4)]
    assert [len(each["products"]) for each in found] == [100, 100, 5, 0]
    assert {(each["total"], each["max_pages"]) for each in found} == {(205, 3)}
    assert [code for each in found for code in uniques(each)] == [f"b{number}-1" for number in reversed(range(205))]


def test_a_cursor_leads_through_all_of_them_once(client):
    many(200)
    found, body = [], {"sort": "product_id_desc"}
    for _page in range(2):
        status, answer = ask(client, body)
        assert (status, len(answer["products"])) == (200, 100)
        found += uniques(answer)
        body = {"sort": "product_id_desc", "cursor": answer["next_cursor"]}
    assert body["cursor"] is None
    assert sorted(found) == sorted(f"b{number}-1" for number in range(200))


def test_what_changed_last_comes_first(client):
    many(3)
    record_products(
        [ProductRow(code="b0", category="novels", title={}, variants=[VariantRow("b0-1", 1_100, "IRR")])],
        made_by="test",
        at=AT + timedelta(days=1),
    )
    assert uniques(ask(client, {"page": 1, "sort": "date_updated_desc"})[1])[0] == "b0-1"


def test_articles_are_found_by_their_addresses_and_numbers(client):
    variants = [VariantRow("hard", 900, "IRR", {"binding": "hard"}), VariantRow("soft", 500, "IRR")]
    make.book("novel", variants=variants)
    page = "https://shop.example/shop/p/novel/"
    for body, wanted in [
        ({"page_urls": [page]}, ["hard", "soft"]),
        ({"page_urls": [f"{page}?v=soft"]}, ["soft"]),
        ({"page_urls": ["https://shop.example/", "https://[", f"{page}x", page + "\u0000%00"]}, []),
        ({"page_uniques": ["soft", "none", "\ud800"]}, ["soft"]),
    ]:
        status, answer = ask(client, body)
        assert (status, uniques(answer), answer["total"]) == (200, wanted, len(wanted))


def test_what_nobody_can_see_or_what_is_not_priced_in_rial_is_not_told(client):
    make.book("divan")
    make.book("priceless", price=None)
    make.book("foreign", variants=[VariantRow("foreign-1", 900, "EUR")])
    make.book("hidden")
    Product.objects.filter(code="hidden").update(public=False)
    assert uniques(ask(client, {"page": 1, "sort": "date_added_desc"})[1]) == ["divan-1"]
    assert ask(client, {"page_uniques": ["hidden-1", "foreign-1"]})[1]["products"] == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "the body is empty or no JSON object"),
        ("{}", "the body is empty or no JSON object"),
        ("[1]", "the body is empty or no JSON object"),
        (b"\xff", "the body is no JSON that can be read"),
        ("{", "the body is no JSON that can be read"),
        ("[" * 100_000, "the body is no JSON that can be read"),
        ({"page": 1}, "sort parameter is not provided"),
        ({"sort": "date_added_desc"}, "page parameter is not provided"),
        (
            {"page": 1, "sort": ["date_added_desc"]},
            "sort must be date_added_desc, date_updated_desc or product_id_desc",
        ),
        ({"page": 0, "sort": "date_added_desc"}, "page must be a whole number from 1"),
        ({"page": True, "sort": "date_added_desc"}, "page must be a whole number from 1"),
        ({"page": "1", "sort": "date_added_desc"}, "page must be a whole number from 1"),
        ({"page": 1, "sort": "date_added_desc", "size": 5}, "size parameter cannot stand here"),
        ({"page_urls": []}, "page_urls must be a list of at least one text"),
        ({"page_uniques": [5]}, "page_uniques must be a list of at least one text"),
        ({"page_uniques": ["a"] * 101}, "page_uniques must be a list of at most 100 texts"),
        ({"page_urls": ["a"], "page_uniques": ["a"]}, "page_uniques parameter cannot stand here"),
        ({"sort": "product_id_desc", "page": 1}, "page parameter cannot stand beside product_id_desc"),
        ({"sort": "product_id_desc", "cursor": "x"}, "cursor must be the next_cursor of the answer before"),
        ({"sort": "product_id_desc", "cursor": None}, "cursor must be the next_cursor of the answer before"),
    ],
)
def test_a_wrong_question_gets_400_and_a_sentence(client, body, sentence):
    assert ask(client, body) == (400, {"error": sentence})


def token(private, *, alg="EdDSA", **claims):
    def packed(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    now = real_now().timestamp()
    said = {"aud": "testserver", "exp": now + 300, "nbf": now - 5, **claims}
    start = f"{packed(json.dumps({'alg': alg}).encode())}.{packed(json.dumps(said).encode())}"
    return f"{start}.{packed(sign(private, start.encode()))}"


def test_where_torobs_key_is_set_only_its_tokens_are_answered(client, settings):
    private, now = new_private_key(), real_now().timestamp()
    settings.TOROB_KEY = public_key_of(private)
    body = {"page": 1, "sort": "date_added_desc"}
    assert ask(client, body, **{"X-Torob-Token": token(private)})[0] == 200
    good = token(private)
    for wrong in [
        "",
        "a.b.c",
        "ü.ü.ü",
        good[:-4],
        token(new_private_key()),
        token(private, aud="other.example"),
        token(private, exp=now - 100),
        token(private, nbf=now + 100),
        token(private, exp="never"),
        token(private, alg="none"),
    ]:
        status, answer = ask(client, body, **({"X-Torob-Token": wrong} if wrong else {}))
        assert (status, list(answer)) == (401, ["error"]), wrong


@pytest.mark.usefixtures("window_stands")
def test_who_asks_too_often_waits(client):
    statuses = [ask(client, {"page": 1, "sort": "date_added_desc"})[0] for _time in range(121)]
    assert statuses == [200] * 120 + [429]


def test_a_page_takes_the_same_few_questions_however_many_there_are(client, django_assert_max_num_queries):
    many(150)
    with django_assert_max_num_queries(7):
        ask(client, {"page": 1, "sort": "date_added_desc"})
