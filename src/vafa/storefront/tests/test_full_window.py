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


@pytest.fixture
def points(db, settings, tmp_path):
    """Two points in Shiraz, one place a day in the first."""
    settings.HOME = tmp_path
    make.a_window(until=clock.now())
    a_rider()
    a_point("bazaar", capacity=1)
    a_point("garden")
    save_settings(default_language="en", languages=["en", "fa", "ar"])
    stamp_shop()


def fetching(client, point: str) -> tuple[str, str]:
    """Everything said, that point chosen; what the last page asks to agree to, and the place it would hold."""
    client.post("/shop/basket/put/", {"sku": "divan-1"})
    client.post("/shop/checkout/", ADDRESS)
    client.post("/shop/checkout/delivery/", {"option": "fetch", "point": point})
    page = client.get("/shop/checkout/pay/")
    return re.search(r'name="agreed" value="([^"]+)"', text(page))[1], page.context["way"].held


def faster(slot: str) -> None:
    hold(slot=slot, key="faster", until=clock.now() + timedelta(minutes=30))


def test_who_comes_too_late_for_the_last_place_at_a_point_is_shown_another_point_for_the_same_day_first(client, points):
    agreed, held = fetching(client, "bazaar")
    wanted = client.get("/shop/checkout/pay/").context["way"].day
    faster(held)
    page = client.post("/shop/checkout/pay/", {"way": "cash", "agreed": agreed})
    assert (page.status_code, Purchase.objects.count()) == (409, 0)
    found = offered(text(page))
    assert found[0][:3] == ("fetch", "", "garden")
    assert "bazaar" not in {each[2] for each in found}
    assert page.context["instead"][0].chosen.day == wanted
    assert page.context["way"].day > wanted  # the point he chose, on its next day, can be ordered here
    client.post("/shop/checkout/delivery/", {"option": "fetch", "point": "garden"})
    again = client.get("/shop/checkout/pay/")
    assert (again.status_code, again.context["way"].day) == (200, wanted)
    order(client, re.search(r'name="agreed" value="([^"]+)"', text(again))[1])
    assert SlotHold.objects.get(state="kept").slot.point.code == "garden"


def test_a_day_at_a_point_that_is_gone_when_the_page_is_opened_is_told_and_its_next_day_can_be_had(client, points):
    agreed, held = fetching(client, "bazaar")
    faster(held)
    page = client.get("/shop/checkout/pay/")
    assert "There is no place left at that point on the day you chose." in text(page)
    assert offered(text(page))[0][2] == "garden"
    later = re.search(r'name="agreed" value="([^"]+)"', text(page))[1]
    assert later != agreed
    order(client, later)
    assert SlotHold.objects.get(state="kept").slot.point.code == "bazaar"


def test_without_another_point_for_that_day_the_other_ways_are_shown(client, points):
    _agreed, held = fetching(client, "bazaar")
    faster(held)
    DeliveryOption.objects.get(code="fetch").points.filter(code="garden").update(active=False)
    stamp_shop()
    found = offered(text(client.get("/shop/checkout/pay/")))
    assert {each[0] for each in found} == {"rider", "standard"}
