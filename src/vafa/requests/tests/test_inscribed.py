"""What a customer writes for what is made for him, from the basket to the papers, and how it is forgotten."""

from __future__ import annotations

import pytest

from vafa.catalog.actions.options import OptionTerms, ValueTerms, keep_option
from vafa.catalog.editions import edition_of
from vafa.catalog.models import Option, Product
from vafa.catalog.queries.options import terms_of_option
from vafa.catalog.tests import make as goods
from vafa.checkout import actions
from vafa.checkout import personal as checkout_personal
from vafa.checkout.models import BasketLine, Purchase
from vafa.checkout.queries import contents
from vafa.checkout.tests.make import NOON, SAID, a_window, refused, submitted
from vafa.fulfilment.actions.papers import write_invoice
from vafa.fulfilment.queries.invoice_rows import printed_rows
from vafa.fulfilment.queries.picking import orders_to_pick, walks_for
from vafa.messages.models import Message
from vafa.orders import personal as orders_personal
from vafa.orders.models import Order, OrderLine
from vafa.promises.models import Promise
from vafa.requests.queries import orders_under_way

pytestmark = pytest.mark.django_db
SARA, OMID = "برای سارا <b>", "For Omid"
PLATE = {"o1": "v1"}


@pytest.fixture(autouse=True)
def window(db):
    a_window()
    product = Product.objects.get(code="divan")
    goods.option(
        product, "Plate", ValueTerms({"en": "Brass"}, words_most=20, words_needed=True), ValueTerms({"en": "Wood"})
    )


def put(words: str, basket=None, chosen=PLATE, key: str = ""):
    written = {"o1": words} if words else {}
    return actions.put(basket, "divan-1", key=key or f"{words}{chosen}", language="en", chosen=chosen,
                       inscriptions=written, at=NOON)  # fmt: skip


def ordered(basket) -> Order:
    actions.say(basket, SAID, at=NOON)
    purchase = actions.place_purchase(submitted(basket), at=NOON)
    return Order.objects.get(number=purchase.number)


def test_other_words_for_the_same_article_are_another_line_and_the_same_ones_are_not():
    basket = put(OMID, put(SARA, put(SARA)), key="again")
    basket = put(f" {SARA} ", basket, key="once more")
    assert [(line.quantity, line.inscriptions) for line in contents(basket, at=NOON).lines] == [
        (2, {"o1": SARA}), (1, {"o1": OMID}),
    ]  # fmt: skip


@pytest.mark.parametrize(("words", "chosen"), [
    ("", PLATE), ("x" * 21, PLATE), ("a\nb", PLATE), ("a\u202eb", PLATE), (SARA, {"o1": "v2"}),
])  # fmt: skip
def test_words_that_cannot_be_made_are_refused_and_nothing_is_put_in(words, chosen):
    with refused("bad-words") as caught:
        put(words, chosen=chosen)
    assert (caught.value.status, caught.value.about) == (422, {"product": "divan"})
    assert not BasketLine.objects.exists()


def test_the_ledger_never_hears_what_was_written():
    put(SARA)
    assert "سارا" not in str(Promise.objects.get(kind="price").text)


def test_words_that_fit_no_more_are_kept_as_promised_and_then_not_sold():
    basket, plate = put(SARA), Option.objects.get()
    values = [ValueTerms({"en": "Brass"}, code="v1", words_most=5, words_needed=True)]
    terms, seen = OptionTerms(plate.name, values), edition_of(terms_of_option(plate))
    keep_option(plate.product, terms, option=plate, seen=seen, by="test", at=NOON)
    (line,) = contents(basket, at=NOON).lines
    assert line.is_offered
    (later,) = contents(basket, at=line.promised_until).lines
    assert not later.is_offered


def test_the_order_has_them_and_what_led_to_it_has_them_no_more():
    order = ordered(put(OMID, put(SARA)))
    assert [line.inscriptions for line in order.lines.all()] == [{"o1": SARA}, {"o1": OMID}]
    assert not BasketLine.objects.filter(made__has_key="inscriptions").exists()
    assert not any(line["inscriptions"] for line in Purchase.objects.get().lines)
    assert [list(row.in_words)[-1] for walk in walks_for(orders_to_pick()) for row in walk.articles] == [
        ({"en": "Plate: Brass"}, SARA), ({"en": "Plate: Brass"}, OMID),
    ]  # fmt: skip
    assert Message.objects.get(template="orders.confirmed").context["written"] == f"{SARA} · {OMID}"


def test_the_invoice_prints_them_and_does_not_keep_them():
    order = ordered(put(SARA))
    invoice = write_invoice(order, by="test", at=NOON)
    assert [row["in_words"][-1] for row in printed_rows(invoice)] == [({"en": "Plate: Brass"}, SARA)]
    assert "سارا" not in str(invoice.body)
    OrderLine.objects.update(inscriptions={})
    assert [row["in_words"][-1] for row in printed_rows(invoice)] == [({"en": "Plate: Brass"}, "")]


def test_they_are_told_to_their_writer_and_erased_with_him():
    basket = put(OMID)
    actions.say(basket, SAID, at=NOON)
    ref = submitted(basket).customer_ref
    assert checkout_personal.told(ref)["written"] == [{"article": "divan-1", "words": {"o1": OMID}}]
    actions.place_purchase(Purchase.objects.get(), at=NOON)
    assert orders_personal.told(ref)[0]["lines"][0]["inscriptions"] == {"o1": OMID}
    number = Purchase.objects.get().number
    orders_personal.forget(ref, [number])
    assert OrderLine.objects.get().inscriptions == {"o1": OMID}  # still to be made
    orders_personal.forget(ref, [])
    assert OrderLine.objects.get().inscriptions == {}


def test_what_is_in_an_open_basket_with_words_goes_with_them_and_its_price_is_withdrawn():
    basket = put(OMID, put("", chosen={"o1": "v2"}))
    actions.say(basket, {**SAID, "customer_ref": "C-1"}, at=NOON)
    written = BasketLine.objects.get(made__has_key="inscriptions")
    assert checkout_personal.forget("C-1", []) == 2  # its words, and who was to get it
    assert [line.made["chosen"] for line in BasketLine.objects.all()] == [{"o1": "v2"}]
    assert Promise.objects.get(public_id=written.promise_ref).state == "cancelled"


def test_an_order_that_waits_for_its_money_keeps_them_until_it_has_arrived_or_is_not_paid():
    basket = put(OMID)
    actions.say(basket, SAID, at=NOON)
    purchase = submitted(basket)
    assert orders_under_way(purchase.customer_ref) == [purchase.number]
    checkout_personal.forget(purchase.customer_ref, [purchase.number])
    assert Purchase.objects.get().lines[0]["inscriptions"] == {"o1": OMID}
    actions.lapse_unpaid(at=purchase.held_until)
    assert orders_under_way(purchase.customer_ref) == []
    checkout_personal.forget(purchase.customer_ref, [])
    assert not BasketLine.objects.filter(made__has_key="inscriptions").exists()
    assert not any(line["inscriptions"] for line in Purchase.objects.get().lines)
