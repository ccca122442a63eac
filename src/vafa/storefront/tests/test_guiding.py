"""Help in choosing, from the first question to the reasons."""

from __future__ import annotations

import pytest

from vafa.catalog.actions import ChoiceTerms, forget_question, keep_question
from vafa.catalog.actions.indexing import index_changes
from vafa.catalog.models import Category, GuideQuestion
from vafa.catalog.queries import features_on, fits, guide_to, guides, shelves
from vafa.catalog.search.fitting import Want
from vafa.catalog.tests import make
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings

HARD, SOFT = {"en": "Hard"}, {"en": "Soft"}
PRICES = {"divan": 900, "golestan": 400, "bustan": 300, "pocket": 100}


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME = tmp_path
    save_settings(name="Books", default_language="en", languages=["en", "fa", "ar"])
    make.shelves()
    for code, price in PRICES.items():
        binding = HARD if code in {"divan", "golestan"} else SOFT
        make.book(code, price=price, title={"en": code.title()}, specifications={"binding": binding})
    make.book("gone", price=90, pieces=0, title={"en": "Gone"}, specifications={"binding": HARD})
    index_changes()


@pytest.fixture
def guide():
    codes = {feature.value["en"]: feature.as_text() for feature, _many in features_on("poetry")}
    books = Category.objects.get(code="books")
    keep_question(
        books,
        {"en": "How shall it be bound?"},
        [ChoiceTerms({"en": "Hard"}, [codes["Hard"]]), ChoiceTerms({"en": "Soft"}, [codes["Soft"]])],
    )
    keep_question(
        books,
        {"en": "What may it cost?"},
        [
            ChoiceTerms({"en": "Up to 350"}, most_minor=350),
            ChoiceTerms({"en": "Up to 500, no more"}, most_minor=500, must=True),
            ChoiceTerms({"en": "More"}, least_minor=500),
        ],
    )
    return guides()["books"]


def found(*answers):
    return [
        (fit.card.code, [said.text["en"] for said in fit.met], [said.text["en"] for said in fit.missed])
        for fit in fits("books", answers)
    ]


def test_what_meets_most_comes_first_with_its_reasons(guide):
    hard, up_to_350 = guide[0].answers[0], guide[1].answers[0]
    assert {code: (met, missed) for code, met, missed in found(hard, up_to_350)} == {
        "divan": (["Hard"], ["Up to 350"]),
        "golestan": (["Hard"], ["Up to 350"]),
        "bustan": (["Up to 350"], ["Hard"]),
        "pocket": (["Up to 350"], ["Hard"]),
    }
    soft = guide[0].answers[1]
    assert {code for code, _met, missed in found(soft, up_to_350) if not missed} == {"pocket", "bustan"}
    assert {code for code, _met, _missed in found(soft, up_to_350)[:2]} == {"pocket", "bustan"}


def test_what_is_a_must_leaves_nothing_else(guide):
    hard, no_more = guide[0].answers[0], guide[1].answers[1]
    assert next((code, missed) for code, _met, missed in found(hard, no_more)) == ("golestan", [])
    assert "divan" not in {code for code, _met, _missed in found(hard, no_more)}


@pytest.mark.parametrize(
    ("want", "features", "price", "is_met"),
    [
        (Want(), frozenset(), None, True),
        (Want(("a", "b")), frozenset("b"), None, True),
        (Want(("a",)), frozenset("b"), 5, False),
        (Want(least_minor=5, most_minor=5), frozenset(), 5, True),
        (Want(least_minor=6), frozenset(), 5, False),
        (Want(most_minor=6), frozenset(), None, False),
        (Want(("a",), most_minor=4), frozenset("a"), 5, False),
    ],
)
def test_what_a_product_must_have_to_meet_a_want(want, features, price, is_met):
    assert want.is_met_by(features, price) is is_met


def test_the_guide_of_a_shelf_is_its_own_or_that_above(guide):
    assert guide_to(shelves()["poetry"])[0] == "books"
    assert guide_to(shelves()["phones"]) == ("", ())


def test_a_visitor_is_led_question_by_question(client, guide):
    assert "/shop/help/books/" in client.get("/shop/c/poetry/").content.decode()
    first = client.get("/shop/help/books/").content.decode()
    assert "Question 1 of 2" in first
    assert 'href="/shop/help/books/?a=1"' in first
    second = client.get("/shop/help/books/?a=1").content.decode()
    assert "What may it cost?" in second
    last = client.get("/shop/help/books/?a=1&a=0").content.decode()
    assert last.index("Pocket") < last.index("Divan")
    assert 'href="/shop/help/books/?a=1"' in last  # the second answer can be changed


@pytest.mark.parametrize("wrong", ["?a=9", "?a=x", "?a=%00", "?a=-1", "?a=" + "9" * 5000, "?a="])
def test_an_answer_that_there_is_not_asks_the_question_again(client, guide, wrong):
    response = client.get("/shop/help/books/" + wrong)
    assert response.status_code == 200
    assert "Question 1 of 2" in response.content.decode()


def test_whoever_minds_nothing_sees_what_is_there(client, guide):
    assert "Divan" in client.get("/shop/help/books/?a=-&a=-").content.decode()


@pytest.mark.parametrize(
    ("text", "choices", "code"),
    [
        ({}, [ChoiceTerms({"en": "a"}), ChoiceTerms({"en": "b"})], "empty"),
        ({"en": "?"}, [ChoiceTerms({"en": "a"})], "too-few"),
        ({"en": "?"}, [ChoiceTerms({"en": "a"})] * 7, "too-many"),
        ({"en": "?"}, [ChoiceTerms({"en": "a"}), ChoiceTerms({"en": "b"}, (), 5, 4)], "bad-range"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(text, choices, code):
    with pytest.raises(Problem) as refused:
        keep_question(Category.objects.get(code="books"), text, choices)
    assert refused.value.code == code
    assert not GuideQuestion.objects.exists()


def test_a_question_can_be_forgotten_and_with_the_last_the_guide(guide):
    for question in GuideQuestion.objects.all():
        forget_question(question)
    assert guides() == {}


def test_an_owner_writes_a_question_in_the_browser(owner_client, agent_client):
    hard = next(feature.as_text() for feature, _many in features_on("poetry") if feature.value == HARD)
    said = {
        "en": "How bound?",
        "answers-TOTAL_FORMS": "3",
        "answers-INITIAL_FORMS": "0",
        "answers-0-en": "Hard",
        "answers-0-features": [hard],
        "answers-1-en": "Cheap",
        "answers-1-most": "35",
        "answers-2-fa": "",
    }
    assert agent_client.post("/window/guides/poetry/new/", said).status_code == 403
    assert owner_client.get("/window/guides/poetry/new/").status_code == 200
    assert owner_client.post("/window/guides/poetry/new/", {**said, "en": ""}).status_code == 422
    assert owner_client.post("/window/guides/poetry/new/", said).status_code == 302
    (question,) = guides()["poetry"]
    assert [(each.text, each.want.most_minor) for each in question.answers] == [
        ({"en": "Hard"}, None),
        ({"en": "Cheap"}, 350),  # typed in toman
    ]
    number = GuideQuestion.objects.get().pk
    assert "Hard" in owner_client.get(f"/window/guides/poetry/{number}/").content.decode()
    assert owner_client.get(f"/window/guides/books/{number}/").status_code == 404
    assert "How bound?" in agent_client.get("/window/guides/poetry/").content.decode()
    assert owner_client.post(f"/window/guides/poetry/{number}/forget").status_code == 302
    assert guides() == {}
