"""The index follows the database, whatever dies."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from vafa.catalog.actions import StockRow, VariantRow, remember_miss, set_stock
from vafa.catalog.actions import indexing as actions
from vafa.catalog.actions.misses import forget_rare_misses
from vafa.catalog.models import Miss, Product, Reindex
from vafa.catalog.queries import find, suggestions, thesaurus
from vafa.catalog.search.asking import Asked
from vafa.catalog.search.documents import Entry
from vafa.catalog.search.here import the_index
from vafa.catalog.search.index import Index
from vafa.catalog.tasks import index
from vafa.catalog.tests import make
from vafa.catalog.tests.make import AT
from vafa.jobs.models import Job
from vafa.jobs.work import Work
from vafa.kit.tests.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


@pytest.fixture(autouse=True)
def _shelves(db):
    make.shelves()


def codes(**asked):
    return sorted(card.code for card in find(Asked(**asked)).cards)


def follow():
    while actions.index_changes():
        pass


def test_what_changed_is_found_and_what_went_is_not():
    make.book("divan")
    make.book("golestan", title={"fa": "گلستان", "en": "Golestan"}, brand="saadi", pieces=0)
    follow()
    assert codes(words="حافظ") == ["divan"]
    assert codes(there_only=True) == ["divan"]
    set_stock([StockRow("golestan-1", 2)], at=AT)
    make.book("divan", title={"en": "Sonnets"}, brand="saadi")
    follow()
    assert codes(there_only=True) == ["divan", "golestan"]
    assert codes(words="sonnets") == ["divan"]
    Product.objects.filter(code="divan").update(public=False)
    Reindex.objects.create(product_code="divan", at=AT)
    follow()
    assert codes() == ["golestan"]


def test_a_change_asks_for_the_worker_and_one_that_is_undone_does_not():
    with transaction.atomic():
        make.book()
        transaction.set_rollback(True)
    assert (Reindex.objects.count(), Job.objects.filter(task="catalog.index").count()) == (0, 0)
    make.book(pieces=0)
    assert (Reindex.objects.count(), Job.objects.filter(task="catalog.index").count()) == (1, 1)


def test_a_worker_that_dies_after_writing_does_the_same_again(monkeypatch):
    follow()
    make.book()
    index = the_index()
    write = index.write

    def dies(entries, *, gone=()):
        write(entries, gone=gone)
        raise KeyboardInterrupt

    monkeypatch.setattr(index, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.index_changes()
    assert Reindex.objects.exists()
    monkeypatch.undo()
    follow()
    assert (codes(), Reindex.objects.count()) == (["divan"], 0)


def test_what_changes_before_a_worker_has_its_turn_to_write_is_written(monkeypatch):
    make.book("divan")
    follow()
    make.book("divan", title={"en": "Sonnets"})
    index = the_index()
    write = index.write

    def waited(entries, *, gone=()):
        Product.objects.update(title={"en": "Odes"})  # and another worker has written it and deleted its row
        write(entries, gone=gone)

    monkeypatch.setattr(index, "write", waited)
    actions.index_changes()
    assert codes(words="odes") == ["divan"]


def test_made_anew_it_is_what_it_was():
    make.book("divan")
    make.book("golestan", title={"en": "Golestan"}, brand="saadi")
    follow()
    before = find(Asked("golestan of"))
    said = []
    assert actions.rebuild_index(said.append) == 2
    after = find(Asked("golestan of"))
    assert ([card.code for card in after.cards], after.brands) == ([card.code for card in before.cards], before.brands)
    assert said == [0.0]


def test_a_page_of_answers_makes_four_queries_beside_those_of_the_settings(django_assert_num_queries):
    for number in range(30):
        make.book(f"book-{number}", variants=[VariantRow(f"s{number}-{each}", 100 + each, "IRR") for each in range(3)])
    follow()
    thesaurus()  # remembered
    with django_assert_num_queries(6):  # a request reads the settings row once, here it is read twice
        page = find(Asked("hafez", shelf="books"), number=2)
    assert (page.total, len(page.cards), page.is_last) == (30, 6, True)
    assert [(name["en"], many) for _code, name, many in page.shelves] == [("Books", 30), ("Poetry", 30)]
    assert [card.code for card in suggestions("diva")][:1] != []


def test_a_search_without_result_is_kept_for_the_staff():
    for typed in ("Ulysses", "ulysses ", "   "):
        remember_miss(typed, at=AT)
    assert [(miss.as_typed, miss.times) for miss in Miss.objects.all()] == [("Ulysses", 2)]


def test_of_searches_in_vain_the_most_frequent_and_newest_are_kept():
    for minute, typed in enumerate(("often", "often", "old", "new")):
        remember_miss(typed, at=AT + timedelta(minutes=minute))
    assert (forget_rare_misses(most=2), forget_rare_misses(most=2)) == (1, 0)
    assert list(Miss.objects.order_by("-times").values_list("words", flat=True)) == ["often", "new"]


def test_the_staff_read_what_was_searched_for_in_vain(agent_client):
    assert "Nothing has been searched for in vain" in agent_client.get("/window/searches/").content.decode()
    for typed in ("Ulysses", "Ulysses", "<b>Moby</b>"):
        remember_miss(typed, at=AT)
    page = agent_client.get("/window/searches/?page=x").content.decode()
    assert page.index("Ulysses") < page.index("&lt;b&gt;Moby&lt;/b&gt;")
    assert "Ulysses" not in agent_client.get("/window/searches/?page=2").content.decode()


def test_an_emptied_index_finds_nothing():
    make.book()
    follow()
    actions.empty_index()
    assert codes() == []
    assert not Job.objects.filter(task="catalog.index", arguments__anew=True).exists()


def test_while_the_worker_writes_emptying_is_left_to_it():
    make.book()
    follow()
    Product.objects.update(public=False)
    writer = the_index()._index.writer(50_000_000, 1)
    actions.empty_index()
    assert codes() == []  # cards come from the database
    assert find(Asked()).total == 1
    del writer
    work = Work(Job.objects.get(task="catalog.index", arguments={"anew": True}))
    assert index(work) == {"products": 0}
    assert find(Asked()).total == 0


def test_workers_that_write_at_once_wait_for_each_other_and_lose_nothing(tmp_path):
    def written(code):
        Index(tmp_path).write([Entry(code, [code])])

    at_once(*(partial(written, f"book{number}") for number in range(8)))
    assert Index(tmp_path).searcher().num_docs == 8
