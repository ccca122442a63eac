"""In which language a first visitor reads the shop's pages."""

from __future__ import annotations

import re

import pytest

from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
PAGE = "/verify"


def language(client, asked: str = "") -> str:
    page = client.get(PAGE, headers={"Accept-Language": asked} if asked else {}).content.decode()
    found = re.search('<html lang="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("asked", "read"),
    [("de-DE,de;q=0.9", "fa"), ("en-US,en;q=0.9", "fa"), ("de,ar;q=0.5,en;q=0.4", "ar"), ("fa-IR", "fa"), ("", "en")],
)
def test_the_browsers_language_counts_where_it_is_the_shops_too_else_the_shops_first(client, asked, read):
    save_settings(languages=["fa", "ar"], default_language="fa")
    assert language(client, asked) == read


def test_a_language_that_was_chosen_counts_more_than_any_other(client):
    save_settings(languages=["fa"], default_language="fa")
    client.cookies["django_language"] = "en"
    assert language(client, "ar") == "en"


def test_a_strange_cookie_is_no_choice(client):
    save_settings(languages=["fa"], default_language="fa")
    client.cookies["django_language"] = "<script>"
    assert language(client, "ar") == "fa"
