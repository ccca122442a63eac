"""The widget's doors: who may ask from where, and what is told."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from vafa.catalog.tests.make import book, shelves
from vafa.delivery.tests import make
from vafa.kit.clock import now
from vafa.orders.actions import SendTo
from vafa.orders.links import order_word
from vafa.orders.tests.make import an_order
from vafa.promises.actions import make_promise
from vafa.promises.tests.make_guarantees import a_guarantee
from vafa.storefront.actions import change_widget_site, close_widget_site, open_widget_site
from vafa.storefront.models import WidgetSite
from vafa.storefront.widget.origins import tidy_origin

pytestmark = pytest.mark.django_db
STORE = "https://books.example"
MOST_BYTES = 10_000


@pytest.fixture
def site() -> WidgetSite:
    make.a_shop()
    return open_widget_site("Books", [STORE], at=now())


def ask(site: WidgetSite, origin: str = STORE, **asked: str):
    return Client().get("/widget/promise", {"key": site.key, "lang": "en", **asked}, headers={"Origin": origin})


def follow(site: WidgetSite, origin: str = STORE, **said: str):
    return Client().post(f"/widget/track?key={site.key}&lang=en", said, headers={"Origin": origin})


def test_the_script_is_light(client):
    answer = client.get("/widget/vafa.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < MOST_BYTES
    assert gzip.decompress(answer.content) == client.get("/widget/vafa.js").content


def test_browsers_look_again_after_an_hour_or_never_where_the_address_names_the_content(client):
    answer = client.get("/widget/vafa.js")
    mark = answer.headers["ETag"].strip('"')
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert client.get("/widget/vafa.js", headers={"If-None-Match": f'"{mark}"'}).status_code == 304
    named = client.get(f"/widget/vafa.js?v={mark}").headers["Cache-Control"]
    assert named == "public, max-age=31536000, immutable"


def test_the_script_writes_no_html_and_evaluates_nothing():
    text = Path(finders.find("widget/vafa.js")).read_text(encoding="utf-8")
    assert not {
        word
        for word in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "Function(", ".style", "cookie =")
        if word in text
    }


def test_a_page_of_the_store_gets_its_answer_and_no_cookie(site):
    answer = ask(site)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == STORE
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies
    assert answer.json()["words"]["show"] == "Show the date"


@pytest.mark.parametrize(
    "origin", ["https://books.example.evil", "http://books.example", "https://other.example", "null", ""]
)
def test_a_page_of_any_other_origin_gets_none(site, origin):
    for answer in (ask(site, origin), follow(site, origin)):
        assert answer.status_code == 403
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_key_that_was_closed_opens_nothing(site):
    assert ask(site).status_code == 200
    assert close_widget_site(site, at=now())
    assert not close_widget_site(site, at=now())
    assert not change_widget_site(site, "Books", [STORE])
    assert ask(site).status_code == 403


def test_the_addresses_that_the_owner_changes_hold_at_once(site):
    assert ask(site).status_code == 200
    change_widget_site(site, "Books", ["https://new.example"])
    assert (ask(site).status_code, ask(site, "https://new.example").status_code) == (403, 200)


def test_a_promise_says_the_date_in_the_readers_language(site):
    make.orders(60, until=now())
    english, persian = ask(site, to="Tehran").json(), ask(site, to="Tehran", lang="fa").json()
    assert (english["dir"], persian["dir"]) == ("ltr", "rtl")
    assert date.fromisoformat(english["date"]["iso"]) > now().date()
    assert english["date"]["iso"] == persian["date"]["iso"]
    assert english["date"]["day"] != persian["date"]["day"]
    assert english["date"]["why"]


def test_what_the_customer_gets_if_it_is_late_stands_with_the_date(site):
    make.orders(60, until=now())
    a_guarantee(kind="delivery")
    assert ask(site, to="Tehran").json()["date"]["late"].startswith("If it is late: a voucher of 50,000\xa0toman")
    assert ask(site, to="Tehran", lang="fa").json()["date"]["late"].count("<") == 0


def test_a_place_that_nobody_knows_is_told_in_a_sentence(site):
    answer = ask(site, to="Nowhere at all")
    assert answer.status_code == 200
    assert "Nowhere at all" in answer.json()["sentence"]


@pytest.mark.parametrize(
    "asked",
    [
        {"weight": "nan"},
        {"weight": "1e400"},
        {"price": "-5"},
        {"price": "a"},
        {"product": "\x00"},
        {"to": "\x00" * 9},
        {"to": "x" * 5000},
        {"lang": "xx"},
    ],
)
def test_strange_questions_are_no_faults(site, asked):
    assert ask(site, **asked).status_code == 200


def test_what_is_not_there_gets_no_date(site):
    make.orders(60, until=now())
    shelves()
    book("ghazals", pieces=0)
    answer = ask(site, to="Tehran", product="ghazals").json()
    assert ask(site, to="Tehran", product=book("divan")).json()["date"]
    assert "date" not in answer
    assert answer["sentence"]


def sent_to_sara() -> None:
    an_order(
        "V-7",
        customer_ref="C-7",
        to=SendTo("Sara", "IR", phone="+989121234567", email="sara@example.org", street="Hidden 7"),
    )
    make_promise(
        kind="delivery", key="order:V-7", subject_type="order", subject_ref="V-7", party_ref="C-7",
        text={"en": "by Friday"}, due_on=date(2030, 1, 4), zone="Asia/Tehran",
    )  # fmt: skip


@pytest.mark.parametrize("contact", ["sara@example.org", "SARA@example.org", "0912 123 4567", "۰۹۱۲۱۲۳۴۵۶۷"])
def test_number_and_contact_show_how_an_order_stands(site, contact):
    sent_to_sara()
    told = follow(site, number="V-7", contact=contact).json()
    assert (told["number"], told["state"], told["promise"]["iso"]) == ("V-7", "Being prepared", "2030-01-04")
    assert told["page"] == "/my/"


def test_nothing_of_the_person_is_told(site):
    sent_to_sara()
    told = follow(site, number="V-7", contact="sara@example.org").content.decode()
    assert not [secret for secret in ("Sara", "Hidden", "9121234567", "sara@") if secret in told]


def test_a_wrong_contact_is_told_as_a_wrong_number_is(site):
    sent_to_sara()
    answers = [
        follow(site, number="V-7", contact="else@example.org"),
        follow(site, number="V-8", contact="sara@example.org"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


def test_the_signed_word_of_a_message_opens_its_order(site):
    sent_to_sara()
    word = order_word("V-7")
    told = follow(site, word=word).json()
    assert (told["number"], told["page"]) == ("V-7", f"/order/{word}/")
    assert follow(site, word=f"{word}x").status_code == 410


@pytest.mark.usefixtures("window_stands")
def test_one_number_is_tried_ten_times_an_hour(site):
    sent_to_sara()
    tries = [follow(site, number="V-7", contact=f"a{each}@example.org").status_code for each in range(11)]
    assert tries == [404] * 10 + [429]
    assert follow(site, number="V-7", contact="sara@example.org").status_code == 429


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://Shop.Example/page?x=1", "https://shop.example"),
        ("shop.example", "https://shop.example"),
        ("http://127.0.0.1:8090/", "http://127.0.0.1:8090"),
        ("https://shop.example:443", "https://shop.example"),
        ("https://کتاب.example", "https://xn--mgbce12c.example"),
        ("https://کتاب‌خانه.example", "https://xn--mgbacgw9lh19es68o.example"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_an_address_is_kept_as_browsers_name_it(written, origin):
    assert tidy_origin(written) == origin


@pytest.mark.parametrize(
    "written",
    [
        "",
        "*",
        "https://*",
        "https://*.example",
        "ftp://shop.example",
        "https://u:p@shop.example",
        "javascript:alert(1)",
        "https://shop",
        "https://a:b",
        "https://" + "a" * 300 + ".example",
    ],
)
def test_what_no_browser_names_is_no_address(written):
    assert tidy_origin(written) is None


def test_the_owner_opens_changes_and_closes_it(owner_client):
    answer = owner_client.post(
        "/settings/widget/", {"name": "Books", "origins": "https://books.example/\nbooks.example"}, follow=True
    )
    site = WidgetSite.objects.get()
    assert site.origins == [STORE]
    assert site.key in answer.content.decode()
    field = f"site{site.pk}"
    wrong = owner_client.post(
        f"/settings/widget/{site.pk}/", {f"{field}-name": "Books", f"{field}-origins": "https://*"}
    )
    assert wrong.status_code == 422
    owner_client.post(f"/settings/widget/{site.pk}/", {f"{field}-name": "Books 2", f"{field}-origins": "new.example"})
    site.refresh_from_db()
    assert (site.name, site.origins) == ("Books 2", ["https://new.example"])
    owner_client.post(f"/settings/widget/{site.pk}/close")
    site.refresh_from_db()
    assert site.closed_at is not None
    assert owner_client.post(f"/settings/widget/{site.pk}/", {}).status_code == 404
