"""A window that is taken while somebody pays: what he can have instead, with one press."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from vafa.checkout.models import Purchase
from vafa.checkout.tests import make
from vafa.delivery.actions.slots import hold
from vafa.delivery.models import DeliveryOption, SlotHold
from vafa.delivery.tests.windows import a_point, a_rider
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.shop.actions import save_settings, stamp_shop
from vafa.storefront.tests.test_checkout import ADDRESS, order, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def slots(db, settings, tmp_path):
    """Monday at ten and at five, one place in each."""
    settings.HOME = tmp_path
    make.a_window(until=clock.now())
    a_rider(capacity=1)
    a_point()
    save_settings(default_language="en", languages=["en", "fa", "ar"])
    DeliveryOption.objects.filter(code="standard").update(price_minor=50_000)
    stamp_shop()
    today = local_day(clock.now())
    monday = today + timedelta(days=7 - today.weekday())
    return [f"rider.fars.{monday}.{hours}00" for hours in (10, 17)]


def paying(client, slot: str) -> str:
    """Everything said, that window chosen; what the last page asks to agree to."""
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    client.post("/shop/checkout/", ADDRESS)
    client.post("/shop/checkout/delivery/", {"option": "rider", "slot": slot})
    return re.search(r'name="agreed" value="([^"]+)"', text(client.get("/shop/checkout/pay/")))[1]


def offered(page: str) -> list[tuple[str, str, str, str]]:
    """Way, window, point and cost of each alternative."""
    fields = 'name="option" value="([^"]*)".*?name="slot" value="([^"]*)".*?name="point" value="([^"]*)"'
    found = re.findall(fields + r'.*?class="instead-cost">([^<]*)<', page, re.DOTALL)
    return [(option, slot, point, cost.replace("\xa0", " ")) for option, slot, point, cost in found]


def test_who_comes_too_late_for_a_window_is_shown_others_and_other_ways_and_takes_one_with_one_press(client, slots):
    ten, five = slots
    agreed = paying(client, ten)
    hold(slot=ten, key="faster", until=clock.now() + timedelta(minutes=30))
    page = client.post("/shop/checkout/pay/", {"way": "cash", "agreed": agreed})
    shown = text(page)
    assert (page.status_code, Purchase.objects.count()) == (409, 0)
    assert "The time you chose is taken by now" in shown
    assert 'name="agreed"' not in shown  # nothing can be ordered before another one is chosen
    found = offered(shown)
    ways = [each[0] for each in found]
    assert (ways[:4], sorted(ways[4:])) == (["rider"] * 4, ["fetch", "standard"])
    assert ("rider", five, "", "10,000 toman") in found
    assert ("fetch", "", "bazaar", "2,000 toman") in found
    assert ("standard", "", "", "5,000 toman") in found
    assert ten not in shown
    client.post("/shop/checkout/delivery/", {"option": "rider", "slot": five})
    agreed = re.search(r'name="agreed" value="([^"]+)"', text(client.get("/shop/checkout/pay/")))[1]
    assert order(client, agreed).status_code == 200
    assert SlotHold.objects.get(state="kept").slot.begins.hour == 17


def test_a_window_that_is_gone_when_the_page_is_opened_is_not_silently_another(client, slots):
    ten, five = slots
    paying(client, ten)
    for number, slot in enumerate(slots):
        hold(slot=slot, key=f"faster-{number}", until=clock.now() + timedelta(minutes=30))
    DeliveryOption.objects.get(code="rider").slots.update(closed=True)
    page = text(client.get("/shop/checkout/pay/"))
    assert "The time you chose is taken by now" in page
    assert {each[0] for each in offered(page)} == {"rider", "fetch", "standard"}
    assert five not in page
