"""Options, their rules, neighbours and who waits for an article: the staff's pages and the customer's, for everyone."""

from __future__ import annotations

import pytest

from vafa.catalog.actions.beside import choose_beside
from vafa.catalog.models import Option, OptionRule, Product, Variant
from vafa.catalog.tests import make
from vafa.checkout.tests.make import a_window
from vafa.kit.clock import now

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_a_product_that_is_made_are_right_for_everyone(look, owner, transactional_db, settings, tmp_path):
    settings.HOME = tmp_path
    a_window(until=now())
    make.a_bookcase()
    choose_beside(Product.objects.get(code="bookcase"), ["divan"], at=now())
    at = "/catalogue/products/bookcase/"
    option, rule = Option.objects.order_by("pk")[1], OptionRule.objects.order_by("pk")[0]
    article = Variant.objects.get(sku="bookcase-1").pk
    pages = {
        "options": f"{at}options/",
        "option": f"{at}options/{option.pk}/",
        "rule": f"{at}rules/{rule.pk}/",
        "beside": f"{at}beside/",
        "product": at,
        "article": f"/catalogue/articles/{article}/",
    }
    for name, path in pages.items():
        look(path, user=owner, name=f"made-{name}")
    look("/shop/p/bookcase/?v=bookcase-1&o.o1=v2&o.o2=v1&o.o3=v1", name="made-window")
