"""Articles that go into what is made: shown, held, given back and taken with it."""

from __future__ import annotations

import pytest

from vafa.catalog.actions import StockRow, set_stock
from vafa.catalog.actions.options import OptionTerms, ValueTerms, keep_option
from vafa.catalog.models import Product, Stock
from vafa.catalog.tests import make as goods
from vafa.catalog.tests.make import AT
from vafa.checkout import actions
from vafa.checkout.queries import contents, summary
from vafa.checkout.tests.make import NOON, SAID, a_window, refused, submitted
from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once
from vafa.kit.tests.together import refused as refusals

pytestmark = pytest.mark.django_db
CLOTH, LEATHER = {"o1": "v1"}, {"o1": "v2"}  # a copy bound in leather takes two skins


@pytest.fixture(autouse=True)
def window(db):
    a_window()
    goods.book("skin", None, title={"en": "Goatskin"}, pieces=5)
    set_stock([StockRow("divan-1", 10)], at=AT)
    leather = ValueTerms({"en": "Leather"}, parts={"skin-1": 2, "thread": 3})
    goods.option(Product.objects.get(code="divan"), "Cover", ValueTerms({"en": "Cloth"}), leather, needed=True)


def put(chosen, basket=None, pieces: int = 1, key: str = "a"):
    return actions.put(basket, "divan-1", key=key, language="en", pieces=pieces, chosen=chosen, at=NOON)


def held(sku: str) -> tuple[int, int]:
    stock = Stock.objects.get(variant__sku=sku)
    return stock.on_hand, stock.reserved


def ordering(basket):
    actions.say(basket, {**SAID, "phone": f"+98912000{basket.pk % 10_000:04}"}, at=NOON)
    agreed = summary(basket, at=NOON).agreed
    return lambda: actions.submit(basket, agreed=agreed, at=NOON)


def test_what_is_scarcest_decides_how_many_can_be_had():
    basket = put(LEATHER, pieces=2)
    with refused("sold-out") as caught:
        put(LEATHER, basket, key="b")
    assert caught.value.about == {"left": "2"}
    put(CLOTH, basket, pieces=8, key="c")
    with refused("sold-out"):
        put(CLOTH, basket, key="d")
    set_stock([StockRow("skin-1", 3)], at=AT)
    leather, cloth = contents(basket, at=NOON).lines
    assert (leather.pieces, leather.is_short, cloth.pieces, cloth.is_short) == (1, True, 8, False)


def test_an_order_holds_the_parts_and_gives_them_back_when_it_is_not_paid():
    purchase = submitted_with(put(LEATHER, pieces=2))
    assert purchase.pieces == {"divan-1": 2, "skin-1": 4}
    assert (held("divan-1"), held("skin-1")) == ((10, 2), (5, 4))
    assert actions.lapse_unpaid(at=purchase.held_until) == 1
    assert (held("divan-1"), held("skin-1")) == ((10, 0), (5, 0))


def submitted_with(basket):
    actions.say(basket, SAID, at=NOON)
    return submitted(basket)


def test_parts_that_are_gone_refuse_the_order_and_hold_nothing():
    order = ordering(put(LEATHER, pieces=2))
    Stock.objects.filter(variant__sku="skin-1").update(on_hand=3)
    with pytest.raises(Problem) as caught:
        order()
    assert caught.value.code in {"sold-out", "changed"}
    assert (held("divan-1"), held("skin-1")) == ((10, 0), (3, 0))


def test_what_is_chosen_from_the_start_takes_no_parts():
    product = Product.objects.get(code="divan")
    with pytest.raises(Problem) as caught:
        keep_option(
            product, OptionTerms({"en": "Box"}, [ValueTerms({"en": "Box"}, parts={"skin-1": 1})], needed=True),
            by="test", at=AT,
        )  # fmt: skip
    assert caught.value.code == "first-parts"
    assert product.options.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_part_goes_to_exactly_one_of_two_orders():
    orders = [ordering(put(LEATHER, pieces=2, key=f"page{number}")) for number in range(2)]
    results = at_once(*orders)
    assert refusals(results) == ["sold-out"]
    assert (held("divan-1"), held("skin-1")) == ((10, 2), (5, 4))
