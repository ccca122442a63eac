"""Options by a table, as an owner sees them: the drop zone, and what a table would do."""

from __future__ import annotations

import pytest

from tests.browser.conftest import WIDTHS, violations
from vafa.catalog.models import OptionValue
from vafa.catalog.tests import make
from vafa.shop.actions import save_settings

PAGE = "/import/options/"
HEADINGS = (
    "product,option,option.fa,option.en,needed,value,value.fa,value.en,surcharge.toman,days,parts,letters,must write\n"
)
TABLE = HEADINGS + (
    "divan,cover,جلد,Cover,yes,cloth,پارچه,Cloth,,,,,\n"
    "divan,cover,جلد,Cover,yes,leather,چرم,Leather,12500,3,thread: 1,,\n"
    "golestan,cover,جلد,Cover,yes,cloth,پارچه,Cloth,many,,,,\n"
)


@pytest.fixture(autouse=True)
def _shop(transactional_db):
    save_settings(currency="IRR", shows_toman=True, default_language="fa", languages=["fa", "ar", "en"])
    make.shelves()
    make.book("divan", price=5_600_000)
    make.book("golestan", price=5_600_000)


def test_the_place_to_drop_it(look, owner):
    look(PAGE, user=owner, name="options-table")


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_what_it_would_do_is_read_everywhere_and_then_done(visit, owner, language):
    page = visit(PAGE, language=language, user=owner)
    page.set_input_files("#options-file", {"name": "o.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.locator("form[data-drop] .btn-primary").click()
    page.wait_for_selector("textarea[name=table]", state="attached")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.locator("main form .btn-primary").click()
    page.wait_for_selector("textarea[name=table]", state="detached")
    assert OptionValue.objects.filter(option__product__code="divan").count() == 2
