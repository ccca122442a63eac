"""A shop that sells, by name: a way of delivery to Shiraz, books on the shelf, a basket ready to be ordered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from vafa.catalog.tests import make as goods
from vafa.checkout import actions
from vafa.checkout.models import Basket, Purchase
from vafa.checkout.queries import summary
from vafa.delivery.actions.options import ensure_default_option
from vafa.delivery.models import DeliveryOption
from vafa.delivery.tests import make as delivery
from vafa.kit.problems import Problem
from vafa.payments.tests.make import an_account
from vafa.shop.actions import stamp_shop

NOON = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
SAID = {
    "name": "نرگس کریمی",
    "phone": "+989121234567",
    "email": "",
    "country": "IR",
    "region": "Fars",
    "city": "Shiraz",
    "postal_code": "7193653471",
    "street": "Zand 12",
    "note": "",
    "option": "standard",
    "way": "cash",
}


def a_window(until: datetime = NOON) -> None:
    """Shelves, two books, a way to bring them."""
    delivery.a_shop()
    delivery.orders(60, until=until)
    ensure_default_option()
    DeliveryOption.objects.filter(price_minor=None).update(price_minor=0)
    stamp_shop()
    an_account("cash")
    an_account("sandbox")
    goods.shelves()
    goods.book("divan", price=5_600_000, pieces=3)
    goods.book("golestan", price=900_000, pieces=1)


def a_basket(*skus: str, at: datetime = NOON, **said: object) -> Basket:
    """A basket with a piece of each article, everything said."""
    basket = None
    for number, sku in enumerate(skus or ("divan-1",)):
        key = sha256(f"{at}{said}{number}".encode()).hexdigest()
        basket = actions.put(basket, sku, key=key, language="fa", at=at)
    assert basket is not None
    actions.say(basket, {**SAID, **said}, at=at)
    return basket


def submitted(basket: Basket, at: datetime = NOON) -> Purchase:
    """Ordered as it is shown now."""
    return actions.submit(basket, agreed=summary(basket, at=at).agreed, at=at)


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Problem]]:
    """What is done inside is refused for this reason."""
    with pytest.raises(Problem) as caught:
        yield caught
    assert caught.value.code == code
