"""Words that mean the same find the same."""

from __future__ import annotations

import pytest

from vafa.catalog.actions import forget_synonyms, keep_synonyms
from vafa.catalog.actions.indexing import index_changes
from vafa.catalog.models import Synonyms
from vafa.catalog.queries import Asked, find, suggestions, thesaurus
from vafa.catalog.search.thesaurus import Meant, Thesaurus
from vafa.catalog.tests.make import book, shelves
from vafa.kit.problems import Problem

MOBILE = ["mobile", "گوشی", "هاتف جوال"]


def test_every_word_of_a_question_is_read_once_and_the_longer_phrase_is_meant():
    known = Thesaurus([MOBILE, ["جوال", "کیسه"]])
    assert known.read(["هاتف", "جوال", "سیاه", "جوال"]) == [
        Meant(("هاتف", "جوال"), (("mobile",), ("گوشی",))),
        Meant(("سیاه",)),
        Meant(("جوال",), (("کیسه",),)),
    ]


@pytest.fixture
def phones(db):
    shelves()
    book("a52", title={"en": "Phone A52"}, category="phones", brand="")
    book("divan")
    index_changes()


def codes(words: str) -> list[str]:
    return [card.code for card in find(Asked(words)).cards]


@pytest.mark.parametrize("typed", ["mobile", "Mobile A52", "هاتف جوال", "هاتف‌جوال a52"])
def test_what_means_the_same_is_found_too(phones, typed):
    keep_synonyms([*MOBILE, "phone"])
    assert codes(typed) == ["a52"]


def test_what_was_typed_comes_before_what_means_the_same(phones):
    book("cover", title={"en": "Mobile cover"}, category="novels", brand="")
    index_changes()
    keep_synonyms(["mobile", "phone"])
    assert codes("mobile")[0] == "cover"
    assert set(codes("mobile")) == {"cover", "a52"}


def test_a_word_with_synonyms_is_not_taken_for_a_slip(phones):
    keep_synonyms(["phonne", "divan"])
    page = find(Asked("phonne"))
    assert (page.guessed, [card.code for card in page.cards]) == ([], ["divan"])


def test_suggestions_know_them_too(phones):
    keep_synonyms([*MOBILE, "phone"])
    assert [card.code for card in suggestions("گوشی")] == ["a52"]


def test_other_words_hold_at_once_and_forgotten_ones_no_more(phones):
    group = keep_synonyms(["mobile", "phone"])
    assert codes("mobile") == ["a52"]
    keep_synonyms(["tablet", "phone"], group=group)
    assert (codes("tablet"), codes("mobile")) == (["a52"], [])
    forget_synonyms(group.pk)
    assert codes("tablet") == []
    assert thesaurus().read(["phone"]) == [Meant(("phone",))]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["كتاب", "کتاب"], "too-few"),  # two spellings of one word
        ([f"word{number}" for number in range(21)], "too-many"),
        (["one two three four five", "number"], "too-long"),
        (["phone", "tablet"], "in-other-group"),
    ],
)
def test_what_cannot_be_a_group_is_refused_and_nothing_changes(words, code):
    keep_synonyms(["mobile", "phone"])
    with pytest.raises(Problem) as refused:
        keep_synonyms(words)
    assert refused.value.code == code
    assert [group.words for group in Synonyms.objects.all()] == [["mobile", "phone"]]


def test_an_owner_writes_a_group_and_a_member_of_staff_only_reads(owner_client, agent_client):
    assert owner_client.post("/window/synonyms/new/", {"words": "mobile\nphone"}).status_code == 302
    assert "mobile" in agent_client.get("/window/synonyms/").content.decode()
    assert agent_client.post("/window/synonyms/new/", {"words": "a\nb"}).status_code == 403
    number = Synonyms.objects.get().pk
    assert owner_client.post(f"/window/synonyms/{number}/", {"words": "mobile"}).status_code == 422
    assert owner_client.post(f"/window/synonyms/{number}/forget").status_code == 302
    assert not Synonyms.objects.exists()
