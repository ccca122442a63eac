"""What a customer writes for what is made for him, in a browser."""

from __future__ import annotations

import pytest

from vafa.catalog.actions.options import ValueTerms
from vafa.catalog.models import Product
from vafa.catalog.tests import make
from vafa.checkout.tests.make import a_window
from vafa.kit.clock import now

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "برای سارا، ۱۴۰۴"


@pytest.fixture
def bookcase(db, settings, tmp_path):
    settings.HOME = tmp_path
    a_window(until=now())
    make.a_bookcase()
    brass = ValueTerms({"en": "Brass"}, 2_000_000, words_most=20, words_needed=True)
    make.option(Product.objects.get(code="bookcase"), "Plate", brass, ValueTerms({"en": "Wood"}, words_most=9))


def test_what_is_written_stays_while_other_things_are_chosen_and_comes_into_the_basket(visit, bookcase):
    page = visit("/shop/p/bookcase/")
    words = page.locator("input[name='w.o5.v1']")
    assert not words.is_visible()
    page.get_by_text("Brass", exact=True).click()
    page.wait_for_url("**o.o5=v1**")
    words.fill(WORDS)
    page.get_by_text("Oak", exact=True).click()
    page.wait_for_url("**o.o2=v2**")
    assert (words.input_value(), "w.o5" in page.url) == (WORDS, False)
    page.get_by_role("button", name="Add to basket").click()
    page.wait_for_url("**/shop/basket/")
    assert WORDS in page.locator("main").inner_text()
