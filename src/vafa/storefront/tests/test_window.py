"""The shop window: what strangers find, in how many questions to the database."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from vafa.catalog.actions import StockRow, set_stock
from vafa.catalog.actions.indexing import index_changes, rebuild_index
from vafa.catalog.models import Miss, Product
from vafa.catalog.tests import make
from vafa.catalog.tests.make import VariantRow
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    """A bookshop with a few books in its window."""
    settings.HOME = tmp_path
    save_settings(name="Bookshop", default_language="en", languages=["en", "fa", "ar"])
    make.shelves()
    make.book("divan", description={"en": "Poems </script> of love & wine"})
    make.book("golestan", title={"fa": "گلستان", "en": "Golestan"}, brand="saadi", pieces=0)
    bindings = [VariantRow("hard", 900, "IRR", {"binding": "hard"}), VariantRow("soft", 500, "IRR")]
    make.book("novel", title={"en": "A <b>novel</b>"}, category="novels", brand="", variants=bindings)
    while index_changes():
        pass


def titles(response):
    return re.findall(r'<h[23]><a href="/shop/p/([^/]+)/">', response.content.decode())


def test_home_shows_what_is_there_and_the_way_to_every_shelf(client):
    page = client.get("/shop/")
    assert sorted(titles(page)) == ["divan", "novel"]
    tiles = re.search(r'class="shelf-tiles".*?</nav>', page.content.decode(), re.DOTALL)[0]
    assert re.findall(r'href="/shop/c/(\w+)/"><strong>\w+</strong><span>(\d)', tiles) == [
        ("poetry", "1"),
        ("novels", "1"),
    ]


def test_an_empty_window_says_so(client):
    Product.objects.update(public=False)
    rebuild_index()
    assert "The shelves are still empty" in client.get("/shop/").content.decode()


def test_a_shelf_shows_what_lies_below_it(client):
    assert sorted(titles(client.get("/shop/c/books/"))) == ["divan", "golestan", "novel"]
    assert titles(client.get("/shop/c/novels/")) == ["novel"]
    assert client.get("/shop/c/nowhere/").status_code == 404


def test_a_new_price_another_title_and_the_last_piece_are_seen_on_the_shelf_at_once(client):
    def ware() -> tuple[str, ...]:
        shown = client.get("/shop/c/poetry/").content.decode()
        of_it = re.search(r'<article class="ware">(?:(?!</article>).)*/shop/p/divan/.*?</article>', shown, re.DOTALL)[0]
        title, price = re.findall(r"<bdi>([^<]+)</bdi></a></h2>", of_it), re.findall(r'ware-price">([^<]+)', of_it)
        return (*title, *price, *re.findall(r'ware-out">([^<]+)', of_it))

    assert ware() == ware() == ("Divan of Hafez", "560,000\xa0toman")
    make.book("divan", 5_500_000)
    assert ware() == ("Divan of Hafez", "550,000\xa0toman")
    Product.objects.filter(code="divan").update(title={"en": "Hafez"})
    assert ware() == ("Hafez", "550,000\xa0toman")
    set_stock([StockRow("divan-1", 0)], at=make.AT, is_trusted=True)
    assert ware() == ("Hafez", "550,000\xa0toman", "Sold out")


def test_it_is_narrowed_by_what_stands_beside_it(client):
    assert titles(client.get("/shop/c/books/?brand=saadi")) == ["golestan"]
    assert sorted(titles(client.get("/shop/c/books/?there=on"))) == ["divan", "novel"]
    assert titles(client.get("/shop/c/books/?most=۱۰۰")) == ["novel"]  # toman
    assert "Nothing fits all of this" in client.get("/shop/c/books/?least=1&most=2").content.decode()


def test_it_is_narrowed_by_a_line_of_the_data_sheet(client):
    for code, binding in (("first", "سخت"), ("second", "شومیز"), ("third", "شومیز")):
        make.book(code, specifications={"binding": {"fa": binding, "en": binding}})
    while index_changes():
        pass
    page = client.get("/shop/c/poetry/").content.decode()
    (soft,) = re.findall(r'name="with" value="(binding-\w+)"><span>شومیز</span><span class="quiet">2<', page)
    assert sorted(titles(client.get(f"/shop/c/poetry/?with={soft}"))) == ["second", "third"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "page=0",
        "page=x",
        "page=9999",
        "page=99999999999",
        "page=99999999999999999999999",
        "most=x",
        "sort=worst",
        "brand=%00",
        "q=%00",
    ],
)
def test_nonsense_in_the_address_is_left_out(client, nonsense):
    assert client.get(f"/shop/search/?{nonsense}").status_code == 200


def test_a_slip_is_taken_for_what_was_meant_and_said(client):
    page = client.get("/shop/search/?q=gloestan")
    assert titles(page) == ["golestan"]
    assert "so the nearest words were taken" in page.content.decode()


def test_what_nothing_is_found_for_is_kept_for_the_staff_and_no_dead_end(client):
    page = client.get("/shop/search/?q=Zzyzx")
    assert "Nothing was found" in page.content.decode()
    assert sorted(titles(page)) == ["divan", "novel"]
    assert not Miss.objects.exists()  # looking writes nothing
    assert "data-missed" not in client.get("/shop/search/?q=Zzyzx&there=on").content.decode()  # it may be there
    told = client.post("/shop/missed/", {"q": "Zzyzx"}, follow=True)
    assert "were noted" in told.content.decode()
    client.post("/shop/missed/", {"q": "golestan"})  # there is one
    client.post("/shop/missed/", {"q": "a\x00b"})
    assert [(miss.as_typed, miss.times) for miss in Miss.objects.all()] == [("Zzyzx", 1)]


def test_nothing_is_noted_while_the_index_has_still_to_be_made(client, settings):
    shutil.rmtree(settings.HOME / "index")
    page = client.get("/shop/search/?q=hafez").content.decode()
    assert "Try fewer or other words, or look at the shelves." in page
    assert "were noted" not in page
    assert not Miss.objects.exists()


def test_suggestions_come_while_typing(client):
    assert "/shop/p/golestan/" in client.get("/shop/suggest/?q=gole").content.decode()
    assert client.get("/shop/suggest/?q=g").content.strip() == b""


@pytest.mark.usefixtures("window_stands")
def test_whoever_searches_without_end_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr("vafa.storefront.views.shelves.MOST_SEARCHES", 2)
    answers = [client.get("/shop/search/?q=golestan").status_code for _time in range(3)]
    assert answers == [200, 200, 429]


def test_suggestions_say_how_many_they_are(client):
    assert "1 suggestion<" in client.get("/shop/suggest/?q=gole").content.decode()


def test_a_product_shows_its_price_its_variants_and_what_is_there(client):
    page = client.get("/shop/p/novel/").content.decode()
    assert "A &lt;b&gt;novel&lt;/b&gt;" in page
    assert "50\u00a0toman" in page
    assert "3 in stock." in page
    assert "90\u00a0toman" in client.get("/shop/p/novel/?v=hard").content.decode().split("product-price")[1][:40]
    assert "Sold out" in client.get("/shop/p/golestan/").content.decode()
    assert client.get("/shop/p/none/").status_code == 404
    assert client.get("/shop/p/%00/").status_code == 404


def test_a_product_is_described_for_search_engines_and_nothing_ends_the_element_early(client):
    page = client.get("/shop/p/divan/").content.decode()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (said["name"], said["description"]) == ("Divan of Hafez", "Poems </script> of love & wine")
    assert said["offers"]["availability"] == "https://schema.org/InStock"


def test_search_engines_read_the_price_in_whole_units_of_its_currency(client):
    make.book("cents", variants=[VariantRow("cents-1", 1999, "EUR")])
    page = client.get("/shop/p/cents/").content.decode()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (said["offers"]["price"], said["offers"]["priceCurrency"]) == ("19.99", "EUR")


def test_a_place_is_chosen_once_and_kept(client):
    save_settings(stated_times=[{"place": "Shiraz", "option": "", "seller": "", "days": 2}])
    assert "When would it be with you?" in client.get("/shop/p/divan/").content.decode()
    done = client.post("/shop/place/", {"to": "Shiraz", "next": "/shop/p/divan/"})
    assert (done.status_code, done.url) == (302, "/shop/p/divan/")
    page = client.get("/shop/p/divan/").content.decode()
    assert "Delivered to <bdi>Shiraz</bdi>" in page
    assert 'class="chip-day"' in page


def test_a_place_that_nobody_knows_is_said_and_not_kept(client):
    refused = client.post("/shop/place/", {"to": "Atlantis", "next": "https://elsewhere.example/"})
    assert refused.status_code == 422
    assert 'value="Atlantis"' in refused.content.decode()
    assert "vafa_place" not in client.cookies
    client.cookies["vafa_place"] = "forged"
    assert client.get("/shop/").status_code == 200


@pytest.mark.parametrize(
    ("path", "queries"), [("/shop/", 5), ("/shop/c/books/", 5), ("/shop/search/?q=hafez", 5), ("/shop/p/divan/", 5)]
)
def test_a_page_asks_the_database_few_questions(client, path, queries, django_assert_max_num_queries):
    client.post("/shop/place/", {"to": "Shiraz"})
    client.get(path)  # what is remembered is read
    with django_assert_max_num_queries(queries):
        assert client.get(path).status_code == 200


def test_one_article_goes_into_the_basket_from_its_card_and_what_must_be_chosen_leads_to_its_page(client):
    assert re.findall(r'form="put" name="sku" value="([^"]+)"', client.get("/shop/").content.decode()) != []
    Product.objects.update(configurable={"options": [], "rules": []})
    assert 'form="put"' not in client.get("/shop/").content.decode()
