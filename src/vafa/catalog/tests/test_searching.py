"""How products are found, in any of three languages, however they are typed."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.catalog.search.asking import Asked, Sorting, ask, suggest
from vafa.catalog.search.documents import Entry, Feature
from vafa.catalog.search.index import Index
from vafa.engine.terms import joined_terms_of, terms_of, words_of

BOOKS = [
    Entry("divan", ["دیوان حافظ", "Divan of Hafez"], "hafez", ["حافظ", "Hafez"], ["books", "poetry"], ["کتاب", "شعر"],
          price_minor=560, added=1),
    Entry("stories", ["قصه‌های خاله سوسکه", "Tales of Auntie Beetle"], "", [], ["books", "children"], price_minor=240,
          added=2),
    Entry("golestan", ["گلستان", "Golestan"], "saadi", ["سعدی", "Saadi"], ["books", "poetry"], price_minor=390, added=3,
          there=False),
    Entry("phone", ["گوشی ۶۴ گیگابایت مدل A52", "Phone A52 64GB"], "acme", ["Acme"], ["phones"], price_minor=9_000,
          text=["A phone that plays poetry"], added=4),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    made = Index(tmp_path_factory.mktemp("index"))
    made.replace(BOOKS)
    return made


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("دیوان حافظ", "divan"),
        ("ديوان حافظ", "divan"),  # Arabic letters
        ("hafez", "divan"),
        ("قصه های", "stories"),
        ("قصههای", "stories"),
        ("قصه‌هاي خاله", "stories"),
        ("گوشی 64 گیگابایت", "phone"),
        ("64 gb", "phone"),
        ("a٥٢", "phone"),
        ("gloestan", "golestan"),  # two letters exchanged
        ("golstan", "golestan"),
        ("سعدی", "golestan"),
    ],
)
def test_it_is_found_however_it_is_typed(index, typed, code):
    assert ask(index, Asked(typed)).codes[0] == code


def test_a_slip_is_said_and_a_word_that_is_there_is_none(index):
    assert ask(index, Asked("gloestan")).guessed == ["gloestan"]
    assert ask(index, Asked("golestan")).guessed == []


def test_the_name_counts_more_than_what_the_text_mentions(index):
    found = ask(index, Asked("poetry شعر"))
    assert found.codes == ["divan", "phone"]


def test_facets_count_what_was_found(index):
    found = ask(index, Asked(shelf="books"))
    assert (found.total, found.shelves) == (3, {"books": 3, "poetry": 2, "children": 1})
    assert found.brands == {"hafez": 1, "saadi": 1}


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (Asked(), ["phone", "golestan", "stories", "divan"]),  # the newest first
        (Asked(shelf="poetry"), ["golestan", "divan"]),
        (Asked(shelf="poetry", there_only=True), ["divan"]),
        (Asked(brands=["saadi", "acme"]), ["phone", "golestan"]),
        (Asked(least_minor=300, most_minor=560), ["golestan", "divan"]),
        (Asked(sorting=Sorting.CHEAPEST), ["stories", "golestan", "divan", "phone"]),
        (Asked(sorting=Sorting.DEAREST), ["phone", "divan", "golestan", "stories"]),
        (Asked("nothing of the kind"), ["divan", "stories"]),  # "of" is in two titles
        (Asked("ظظظ"), []),
    ],
)
def test_it_is_narrowed_and_sorted(index, asked, codes):
    assert ask(index, asked).codes == codes


def test_lines_of_data_sheets_are_conditions_with_counts(tmp_path):
    hard, soft = (Feature("binding", {"en": "Binding"}, {"en": value, "fa": value}) for value in ("hard", "soft"))
    long = Feature("pages", {"en": "Pages"}, {"": "900"})
    index = Index(tmp_path)
    index.replace(
        [
            Entry("a", ["a"], features=[hard, long]),
            Entry("b", ["b"], features=[soft, long]),
            Entry("c", ["c"], features=[soft]),
        ]
    )
    counted = ask(index, Asked()).features
    assert sorted((feature.value.get("en", ""), many) for feature, many in counted) == [
        ("", 2),
        ("hard", 1),
        ("soft", 2),
    ]
    assert ask(index, Asked(features=[soft.code, long.code])).codes == ["b"]
    assert sorted(ask(index, Asked(features=[soft.code, hard.code])).codes) == ["a", "b", "c"]
    assert ask(index, Asked(features=["binding-none"])).codes == []


def test_pages_follow_each_other(index):
    assert [ask(index, Asked(), first=first, most=2).codes for first in (0, 2, 4)] == [
        ["phone", "golestan"],
        ["stories", "divan"],
        [],
    ]


def test_suggestions_begin_as_what_is_typed(index):
    assert suggest(index, "gole") == ["golestan"]
    assert suggest(index, "دیوان حا") == ["divan"]
    assert suggest(index, " ") == []


def test_a_change_is_seen_by_who_has_the_index_open(tmp_path):
    writer, reader = Index(tmp_path), Index(tmp_path)
    writer.replace(BOOKS)
    assert ask(reader, Asked("hafez")).codes == ["divan"]
    writer.write([Entry("divan", ["Divan"])], gone=["golestan"])
    assert ask(reader, Asked("hafez")).codes == []
    assert ask(reader, Asked()).total == 3


def test_an_index_that_a_reader_opened_first_has_still_to_be_made(tmp_path):
    reader, writer = Index(tmp_path), Index(tmp_path)
    assert writer.is_new
    writer.replace(BOOKS)
    assert not reader.is_new


def test_an_index_that_is_thrown_away_under_a_reader_is_empty_until_it_is_made_again(tmp_path):
    writer, reader = Index(tmp_path), Index(tmp_path)
    writer.replace(BOOKS)
    assert ask(reader, Asked()).total == len(BOOKS)
    shutil.rmtree(writer.folder)
    assert ask(reader, Asked()).total == 0
    assert writer.is_new
    writer.replace(BOOKS)
    assert ask(reader, Asked()).total == len(BOOKS)
    (writer.folder / "meta.json").write_text("{", encoding="utf-8")
    assert ask(reader, Asked()).total == 0
    assert writer.is_new


def test_an_index_of_something_else_is_made_anew(tmp_path):
    Index(tmp_path).replace(BOOKS)
    made = next(tmp_path.iterdir())
    (made / "meta.json").write_text("not an index", encoding="utf-8")
    again = Index(tmp_path)
    assert again.is_new
    assert ask(again, Asked()).total == 0


def test_words_are_folded_and_numbers_taken_apart():
    assert words_of("كتابِ می‌خواهم!") == ["کتاب", "می", "خواهم"]
    assert terms_of("A52 64GB") == ["a52", "a", "52", "64gb", "64", "gb"]
    assert joined_terms_of("می‌خواهم بروم") == ["میخواهم", "خواهمبروم"]


@given(st.text(max_size=60))
def test_no_words_break_the_index(index, typed):
    found = ask(index, Asked(typed))
    assert found.total >= len(found.codes)
    suggest(index, typed)


def test_what_everybody_asks_is_answered_once_until_the_index_changes(tmp_path):
    writer, reader = Index(tmp_path), Index(tmp_path)
    writer.replace(BOOKS)
    first = ask(reader, Asked())
    assert ask(reader, Asked(brands=[])) is first
    assert ask(reader, Asked(there_only=True)) is not first
    writer.write([], gone=[first.codes[0]])
    second = ask(reader, Asked())
    assert (second.total, first.codes[0] in second.codes) == (first.total - 1, False)
    assert ask(writer, Asked()) == second  # in the process that wrote it too
    writer.write([], gone=[second.codes[0]])
    assert [ask(each, Asked()).total for each in (writer, reader)] == [first.total - 2] * 2
