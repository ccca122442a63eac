"""What a customer chose among a product's options, from the basket to the order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.catalog.actions.options import OptionTerms, ValueTerms, forget_option, keep_option
from vafa.catalog.editions import edition_of
from vafa.catalog.models import Option, Product, Stock
from vafa.catalog.queries.configurations import made_key
from vafa.catalog.queries.options import terms_of_option
from vafa.catalog.tests import make as goods
from vafa.checkout import actions
from vafa.checkout.queries import contents, summary
from vafa.checkout.tests.make import NOON, SAID, a_window, refused, submitted
from vafa.orders.models import OrderLine
from vafa.promises.models import Promise, State

pytestmark = pytest.mark.django_db
OAK = {"o1": "v2", "o2": "v2", "o3": "v1"}  # large, of oak, with doors of glass
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def window(db):
    a_window()
    goods.a_bookcase()


def put(basket=None, chosen=None, pieces: int = 1, key: str = "", at=NOON):
    key = key or f"{made_key(chosen or {})}{pieces}{at:%d}"
    return actions.put(basket, "bookcase-1", key=key, language="en", pieces=pieces, chosen=chosen, at=at)


def lines(basket, at=NOON):
    return contents(basket, at=at).lines


def dearer_oak(minor: int) -> None:
    wood = Option.objects.get(code="o2")
    values = [ValueTerms({"en": "Pine"}, code="v1"), ValueTerms({"en": "Oak"}, minor, 3, code="v2")]
    terms, seen = OptionTerms(wood.name, values, needed=True), edition_of(terms_of_option(wood))
    keep_option(wood.product, terms, option=wood, seen=seen, by="test", at=NOON)


def test_the_price_with_what_was_chosen_is_promised():
    (line,) = lines(basket := put(chosen=OAK))
    assert (line.unit_minor, line.lead_days, line.is_promised) == (149_000_000, 6, True)
    promise = Promise.objects.get(public_id=basket.lines.get().promise_ref)
    assert "bookcase-1 (Size: Large; Wood: Oak; Doors: Glass)" in promise.text["en"]
    assert "149,000,000" in promise.text["en"] or "14,900,000" in promise.text["en"]


def test_another_choice_of_the_same_article_is_another_line():
    basket = put(put(put(chosen=OAK), chosen={"o1": "v1", "o2": "v1"}), chosen=dict(reversed(OAK.items())), key="again")
    assert [(line.quantity, line.unit_minor) for line in lines(basket)] == [(2, 149_000_000), (1, 90_000_000)]
    pine = lines(basket)[1]
    actions.change(basket, "bookcase-1", 0, made=pine.made_key, at=NOON)
    assert [line.chosen for line in lines(basket)] == [OAK]
    with refused("not-in-basket"):
        actions.change(basket, "bookcase-1", 1, at=NOON)


def test_all_lines_of_an_article_share_what_is_there_of_it():
    basket = put(put(chosen=OAK, pieces=2), chosen={"o1": "v1", "o2": "v1"})
    with refused("sold-out") as caught:
        put(basket, chosen={"o1": "v2", "o2": "v1"})
    assert caught.value.about == {"left": "0"}
    Stock.objects.filter(variant__sku="bookcase-1").update(on_hand=2)
    assert [line.is_short for line in lines(basket)] == [False, True]


@pytest.mark.parametrize("chosen", [
    {"o1": "v1", "o2": "v1", "o3": "v1"}, {"o1": "v1", "o2": "v1", "o4": "v1"}, {"o2": "v1"}, {**OAK, "o9": "v1"}, {},
])  # fmt: skip
def test_what_does_not_go_together_is_not_put_in(chosen):
    with refused("impossible") as caught:
        put(chosen=chosen)
    assert caught.value.about == {"product": "bookcase"}
    assert not Promise.objects.filter(kind="price").exists()


def test_who_says_nothing_gets_what_is_chosen_from_the_start():
    assert [line.chosen for line in lines(put())] == [{"o1": "v1", "o2": "v1"}]


def test_a_choice_where_there_is_none_is_refused():
    with refused("impossible"):
        actions.put(None, "divan-1", key="x", chosen={"o1": "v1"}, at=NOON)


def test_a_surcharge_that_rises_leaves_the_promised_one_until_its_time_is_over():
    basket = put(chosen=OAK)
    dearer_oak(40_000_000)
    (line,) = lines(basket)
    assert (line.unit_minor, line.before_minor) == (149_000_000, None)
    (later,) = lines(basket, at=NOON + DAY)
    assert (later.unit_minor, later.before_minor, later.is_dearer) == (159_000_000, 149_000_000, True)
    assert actions.renew_prices(basket, at=NOON + DAY) == 1
    (renewed,) = lines(basket, at=NOON + DAY)
    assert (renewed.unit_minor, renewed.is_promised) == (159_000_000, True)


def test_a_surcharge_that_falls_is_the_customers():
    basket = put(chosen=OAK)
    dearer_oak(25_000_000)
    (line,) = lines(basket)
    assert (line.unit_minor, line.before_minor, line.is_cheaper) == (144_000_000, 149_000_000, True)


def test_what_is_not_made_any_more_is_kept_as_promised_and_then_not_sold():
    basket = put(chosen=OAK)
    forget_option(Option.objects.get(code="o3"), at=NOON)
    (line,) = lines(basket)
    assert (line.unit_minor, line.is_offered, line.pieces) == (149_000_000, True, 3)
    (later,) = lines(basket, at=NOON + DAY)
    assert (later.is_offered, later.pieces) == (False, 0)
    assert actions.renew_prices(basket, at=NOON + DAY) == 0


def test_the_days_to_make_it_are_in_the_date_that_is_quoted():
    def day(chosen):
        basket = put(chosen=chosen)
        actions.say(basket, SAID, at=NOON)
        return summary(basket, at=NOON).day

    assert (day(OAK) - day({"o1": "v1", "o2": "v1"})).days >= 6


def test_an_order_has_its_lines_as_they_were_made_and_its_pieces_once():
    basket = put(put(chosen=OAK), chosen={"o1": "v1", "o2": "v1"})
    actions.say(basket, SAID, at=NOON)
    purchase = submitted(basket)
    assert purchase.pieces == {"bookcase-1": 2}
    assert Stock.objects.get(variant__sku="bookcase-1").reserved == 2
    actions.place_purchase(purchase, at=NOON)
    Product.objects.filter(code="bookcase").update(configurable=None)
    oak, pine = OrderLine.objects.filter(order__number=purchase.number)
    assert (oak.unit_minor, oak.chosen, oak.parts) == (149_000_000, OAK, {"hinge": 4, "oak board": 6, "pane": 2})
    assert oak.choices["option.o2"] == {"en": "Wood: Oak"}
    assert (pine.unit_minor, pine.parts) == (90_000_000, {})
    kept = Promise.objects.filter(kind="price")
    assert [promise.state for promise in kept] == [State.KEPT, State.KEPT]
