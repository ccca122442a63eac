"""What people say of a product: only who bought it, read by a person, shown on its page."""

from __future__ import annotations

import pytest

from vafa.catalog.actions import answer_inquiry, ask_inquiry, refuse_inquiry
from vafa.catalog.models import Inquiry, Product
from vafa.catalog.queries import sheet
from vafa.catalog.tests import make
from vafa.delivery.models import Parcel
from vafa.kit.problems import Problem
from vafa.orders.actions import decide_opinion, give_opinion
from vafa.orders.links import order_word
from vafa.orders.models import Opinion
from vafa.orders.tests.make import NOON, an_order, line
from vafa.shop.actions import save_settings

AT = make.AT


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME = tmp_path
    save_settings(name="Books", default_language="en", languages=["en", "fa", "ar"])
    make.shelves()
    make.book("divan")


def bought(number="V-1", arrived=True):
    order = an_order(number, line("divan-1", product="divan"))
    Parcel.objects.create(order=order, delivered_at=NOON if arrived else None)
    return order


def said(order, stars=4, text="", name="Narges"):
    return give_opinion(order.lines.get(), stars=stars, text=text, name=name, language="en", at=AT)


def test_stars_alone_count_at_once_and_words_wait_for_a_person():
    said(bought("V-1"), 5)
    opinion = said(bought("V-2"), 2, "Pages were missing.")
    assert (sheet("divan").card.opinions["count"], sheet("divan").card.stars) == (1, 5.0)
    decide_opinion(opinion, shown=True, by="staff:1", at=AT, reply="We are sorry.")
    opinions = sheet("divan").card.opinions
    assert (opinions["count"], opinions["stars"], opinions["each"]) == (2, 7, [1, 0, 0, 1, 0])
    assert [(each["text"], each["reply"]) for each in opinions["newest"]] == [("Pages were missing.", "We are sorry.")]


def test_a_second_word_of_the_same_buyer_replaces_the_first_and_waits_again():
    order = bought()
    decide_opinion(said(order, 1, "Bad."), shown=True, by="staff:1", at=AT)
    said(order, 5, "No, it is good.")
    assert [(each.stars, each.state) for each in Opinion.objects.all()] == [(5, "waiting")]
    assert sheet("divan").card.opinions["count"] == 0


def test_a_refused_one_is_not_counted():
    decide_opinion(said(bought(), 1, "Buy at my shop!"), shown=False, by="staff:1", at=AT)
    assert sheet("divan").card.stars is None


def test_what_was_rewritten_while_it_was_read_is_not_shown_by_that_reading():
    order = bought()
    read = said(order, 5, "Good.")
    give_opinion(order.lines.get(), stars=1, text="Spam.", name="", language="en", at=NOON)
    assert decide_opinion(read, shown=True, by="staff:1", at=AT) is False
    assert Opinion.objects.get().state == "waiting"


@pytest.mark.parametrize(("stars", "text"), [(0, ""), (6, ""), (3, "x" * 3001)])
def test_what_is_no_opinion_is_refused(stars, text):
    with pytest.raises(Problem):
        said(bought(), stars, text)
    assert not Opinion.objects.exists()


def test_a_buyer_says_it_by_his_link_once_it_has_arrived(client):
    order = bought(arrived=False)
    address = f"/order/{order_word('V-1')}/opinion/"
    assert client.get(address + "?line=0").status_code == 409
    Parcel.objects.update(delivered_at=NOON)
    assert client.get(address + "?line=0").status_code == 200
    assert client.post(address, {"line": "0", "stars": "9"}).status_code == 422
    assert client.post(address, {"line": "0", "stars": "4", "text": "Fine.", "name": "N"}).status_code == 302
    assert [(each.stars, each.text, each.line.order) for each in Opinion.objects.all()] == [(4, "Fine.", order)]


@pytest.mark.parametrize("line", ["1", "-1", "", "x", "0x0"])
def test_a_line_that_there_is_not_cannot_be_reviewed(client, line):
    bought()
    address = f"/order/{order_word('V-1')}/opinion/"
    assert client.post(address, {"line": line, "stars": "1"}).status_code == 404
    assert not Opinion.objects.exists()


def test_the_page_of_the_product_shows_what_was_said(client):
    decide_opinion(said(bought(), 4, "Lovely <b>print</b>"), shown=True, by="staff:1", at=AT, reply="Thank you")
    page = client.get("/shop/p/divan/").content.decode()
    assert "Lovely &lt;b&gt;print&lt;/b&gt;" in page
    assert "Thank you" in page
    assert '"reviewCount": 1' in page
    assert "Lovely" in client.get("/shop/p/divan/opinions/").content.decode()


def test_a_question_is_shown_with_its_answer_never_before(client, agent_client):
    assert client.post("/shop/p/divan/ask/", {"text": "Is it  in Persian?"}).status_code == 302
    client.post("/shop/p/divan/ask/", {"text": "Is it in Persian?"})
    inquiry = Inquiry.objects.get()
    assert (
        "Is it in Persian?" not in client.get("/shop/p/divan/").content.decode().split("<main")[1].split("<details")[0]
    )
    assert "Is it in Persian?" in agent_client.get("/window/questions/").content.decode()
    assert agent_client.post(f"/window/questions/{inquiry.pk}/", {"answer": " "}).status_code == 422
    assert agent_client.post(f"/window/questions/{inquiry.pk}/", {"answer": "Yes."}).status_code == 302
    assert "Yes." in client.get("/shop/p/divan/").content.decode()


@pytest.mark.parametrize("text", ["", "hi", "x" * 1001, "    "])
def test_a_question_that_is_none_is_refused(client, text):
    response = client.post("/shop/p/divan/ask/", {"text": text})
    assert response.status_code == 422
    assert not Inquiry.objects.exists()


def test_an_answer_can_be_replaced_and_a_question_taken_away():
    product = Product.objects.get()
    assert [ask_inquiry(product, text, language="en", at=AT) for text in ("How heavy?", "How  heavy?")] == [True, False]
    inquiry = Inquiry.objects.get()
    answer_inquiry(inquiry, "600 g", by="staff:1", at=AT)
    answer_inquiry(inquiry, "620 g", by="staff:1", at=AT)
    assert [each["answer"] for each in sheet("divan").answers] == ["620 g"]
    refuse_inquiry(inquiry, by="staff:1", at=AT)
    assert sheet("divan").answers == ()


def test_the_staff_read_what_buyers_wrote(agent_client):
    opinion = said(bought(), 4, "Fine.")
    assert "Fine." in agent_client.get("/window/opinions/").content.decode()
    assert agent_client.post(f"/window/opinions/{opinion.pk}/", {"reply": "Good."}).status_code == 302
    assert "Fine." in agent_client.get("/window/opinions/?state=shown").content.decode()
    assert agent_client.post("/window/opinions/999999/").status_code == 404
