"""Which entry is marked on which page."""

import re

import pytest

pytestmark = pytest.mark.django_db
MARKED = re.compile(r'<a href="([^"]+)"[^>]*aria-current="page"')


def marked(client, address):
    """The entries marked on a page, each once (the narrow screen's bar repeats the side)."""
    return sorted(set(MARKED.findall(client.get(address).content.decode())))


@pytest.mark.parametrize(
    ("page", "entries"),
    [("/", ["/"]), ("/report/", ["/"]), ("/models/", ["/backtests/"]), ("/settings/", ["/settings/"])],
)
def test_a_page_without_an_entry_of_its_own_is_marked_where_it_is_reached_from(owner_client, page, entries):
    assert marked(owner_client, page) == entries


@pytest.mark.parametrize("page", ["/options/", "/options/new/"])
def test_the_ways_of_delivery_are_a_page_of_the_settings(owner_client, page):
    assert marked(owner_client, page) == ["/options/", "/settings/"]


def test_an_agent_reads_them_without_the_owners_settings(agent_client):
    assert marked(agent_client, "/options/") == []
