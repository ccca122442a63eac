"""What customers see of the choice of delivery."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from vafa.delivery.actions.slots import hold
from vafa.delivery.queries.choices import Need, choices_for
from vafa.delivery.tests.windows import MONDAY_FIVE, MONDAY_TEN, NOW, SOON, a_point, a_rider

pytestmark = pytest.mark.django_db
STATED = [{"place": "Shiraz", "option": "fetch", "seller": "", "days": 2}]


def page(**chosen: str) -> str:
    choices = choices_for(Need("Shiraz", 500_000), NOW)
    return render_to_string("storefront/_choices.html", {"choices": choices, "chosen": chosen})


def checked(html: str) -> list[tuple[str, str]]:
    return re.findall(r'name="(\w+)" value="([^"]+)" checked', html)


def test_the_first_way_is_chosen_until_the_customer_says_another():
    a_rider(stated_times=STATED)
    a_point()
    assert checked(page()) == [("option", "rider")]  # a lone point needs no choice
    assert checked(page(option="fetch", slot=MONDAY_FIVE)) == [("slot", MONDAY_FIVE), ("option", "fetch")]


def test_a_full_window_cannot_be_chosen_and_few_places_are_told():
    a_rider(capacity=1, stated_times=STATED)
    hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    html = page()
    assert f'value="{MONDAY_TEN}" disabled' in html
    assert "1 place left" in html
    assert "Too few chosen windows have passed yet" in html


def test_opening_hours_of_days_that_are_alike_stand_together():
    a_rider(stated_times=STATED)
    a_point()
    words = " ".join(re.sub(r"<[^>]+>", " ", page()).replace(" ,", ",").split()).replace(" ,", ",")
    assert "Monday to Thursday 09:00 – 13:00, 16:00 – 20:00 Saturday to Sunday" in words
