"""Products side by side."""

from __future__ import annotations

import re

import pytest

from vafa.catalog.actions.indexing import index_changes
from vafa.catalog.queries import sheets
from vafa.catalog.tests import make
from vafa.shop.actions import save_settings
from vafa.storefront.comparing import ComparedLine, compared_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME = tmp_path
    save_settings(name="Books", default_language="en", languages=["en", "fa", "ar"])
    make.shelves()
    make.book("divan", specifications={"binding": {"en": "Hard", "fa": "سخت"}})
    make.book("golestan", price=900_000, title={"en": "Golestan"}, specifications={"binding": "Soft"})
    make.book("bustan", title={"en": "Bustan"})
    index_changes()


def test_lines_of_one_name_stand_beside_each_other_and_a_gap_is_a_difference():
    assert compared_lines(sheets(["golestan", "bustan", "divan"])) == [ComparedLine("Binding", ("Soft", "", "Hard"))]
    assert [line.differs for line in compared_lines(sheets(["divan"]))] == [False]


def test_the_page_shows_them_in_the_order_of_the_address_each_once(client):
    page = client.get("/shop/compare/?p=golestan&p=divan&p=golestan&p=unknown").content.decode()
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert re.findall(r'<a href="/shop/p/(\w+)/"', head) == ["golestan", "divan"]
    assert page.count("compare-differs") == 1


def test_one_can_be_taken_out_and_others_of_the_shelf_put_beside_it(client):
    page = client.get("/shop/compare/?p=divan&p=golestan").content.decode()
    assert 'href="/shop/compare/?p=golestan"' in page
    assert 'href="/shop/compare/?p=divan&amp;p=golestan&amp;p=bustan"' in page


def test_of_more_than_four_the_first_four_are_shown_and_it_is_said(client):
    for number in range(3):
        make.book(f"more-{number}")
    codes = ["divan", "golestan", "bustan", "more-0", "more-1"]
    page = client.get("/shop/compare/?" + "&".join(f"p={code}" for code in codes)).content.decode()
    assert "Four fit beside each other" in page
    assert 'href="/shop/p/more-1/"' not in page


@pytest.mark.parametrize("asked", ["", "?p=", "?p=%00", "?p=unknown", "?p=" + "x" * 5000])
def test_nothing_to_compare_is_a_page_with_something_to_begin_with(client, asked):
    response = client.get("/shop/compare/" + asked)
    assert response.status_code == 200
    assert "Nothing to compare yet" in response.content.decode()


def test_it_costs_few_queries(client, django_assert_max_num_queries):
    client.get("/shop/compare/?p=divan&p=golestan")
    with django_assert_max_num_queries(8):
        client.get("/shop/compare/?p=divan&p=golestan&p=bustan")
