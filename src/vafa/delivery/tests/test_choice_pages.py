"""The owner's pages of windows, zones, points, prices and festivals."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse

from vafa.delivery.actions.slots import hold, keep
from vafa.delivery.actions.zones import drop_windows
from vafa.delivery.models import DeliveryOption, DeliveryPrice, Festival, PickupPoint, Slot, SlotPattern, Zone
from vafa.delivery.queries.calendar import week_of
from vafa.delivery.tests import make
from vafa.delivery.tests.windows import MONDAY_FIVE, MONDAY_TEN, NOW, SOON, a_point, a_rider
from vafa.kit import clock
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db
WINDOW = {
    "option": "rider", "weekdays": ["0", "1"], "begins": "۱۳:۰۰", "ends": "15:00", "capacity": "۷", "surcharge": "5000",
    "days_before": "0", "order_until": "11:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def text(response) -> str:
    return response.content.decode()


def test_a_zone_and_its_weekly_windows_are_drawn(owner_client):
    a_rider()
    made = owner_client.post(reverse("delivery:new-zone"), {"code": "north", "name_en": "North", "places": "14\n۱۵"})
    assert made.url == reverse("delivery:zone", args=["north"])
    assert owner_client.post(reverse("delivery:new-window", args=["north"]), WINDOW).status_code == 302
    made = SlotPattern.objects.filter(zone__code="north")
    assert [(each.weekday, each.begins, each.capacity, each.surcharge_minor) for each in made] == [
        (0, time(13), 7, 50_000),
        (1, time(13), 7, 50_000),
    ]
    page = text(owner_client.get(reverse("delivery:zone", args=["north"])))
    assert "13:00 – 15:00" in page
    assert page.count("Remove") == 1
    owner_client.post(reverse("delivery:drop-window", args=["north"]), {"window": [each.pk for each in made]})
    assert not SlotPattern.objects.filter(zone__code="north").exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [({"ends": "12:00"}, 422), ({"order_until": "16:00"}, 422), ({"weekdays": []}, 422), ({"begins": "10:00"}, 422)],
)
def test_a_window_that_cannot_be_is_refused_and_none_is_made(owner_client, change, status):
    a_rider()
    before = SlotPattern.objects.count()
    response = owner_client.post(reverse("delivery:new-window", args=["fars"]), {**WINDOW, **change})
    assert (response.status_code, SlotPattern.objects.count()) == (status, before)


def test_a_window_that_was_removed_is_still_seen_while_an_order_has_a_place_in_it(owner_client):
    option = a_rider()
    hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    keep(key="first", order="N1", at=NOW)
    drop_windows(Zone.objects.get(), list(SlotPattern.objects.values_list("pk", flat=True)))
    week = week_of(option, Zone.objects.get(), date(2026, 3, 2), NOW)
    assert [(window.kept, window.held) for _b, _e, row in week.rows for window in row if window] == [(1, 0)]


def test_the_week_shows_what_is_taken_held_and_free(owner_client, agent_client):
    a_rider(capacity=4)
    for number in range(3):
        hold(slot=MONDAY_TEN, key=f"k{number}", until=SOON, at=NOW)
    keep(key="k0", order="N0", at=NOW)
    url = f"{reverse('delivery:slots')}?of=rider.fars&day=2026-03-02"
    page = text(owner_client.get(url))
    assert "<strong>1 of 4</strong>" in page
    assert "+2 held" in page
    assert "1 of 56 places of this week are taken by orders." in page
    seen = text(agent_client.get(url))
    assert "1 of 4" in seen
    assert "Close the day" not in seen
    assert owner_client.get(f"{reverse('delivery:slots')}?of=x&day=9999-99-99").status_code == 200


def test_a_day_is_closed_and_opened_and_one_window_gets_another_capacity(owner_client):
    a_rider()
    owner_client.post(reverse("delivery:close-day"), {"of": "rider.fars", "day": "2026-03-02", "close": ""})
    assert set(Slot.objects.values_list("closed", flat=True)) == {True}
    with pytest.raises(Problem) as refused:
        hold(slot=MONDAY_TEN, key="first", until=SOON, at=NOW)
    assert refused.value.code == "slot-closed"
    assert refused.value.about["instead"].startswith("rider.fars.2026-03-03")
    owner_client.post(reverse("delivery:close-day"), {"of": "rider.fars", "day": "2026-03-02", "open": ""})
    owner_client.post(reverse("delivery:slot", args=[MONDAY_FIVE]), {"capacity": "9"})
    assert list(Slot.objects.order_by("begins").values_list("capacity", "closed")) == [(5, False), (9, False)]
    assert owner_client.get(reverse("delivery:slot", args=["rider.fars.2026-03-02.0300"])).status_code == 422
    assert owner_client.post(reverse("delivery:close-day"), {"of": "rider.fars", "day": "x"}).status_code == 422


def test_a_point_is_described_and_its_region_is_that_of_its_city(owner_client):
    make.a_shop()
    DeliveryOption.objects.create(code="fetch", kind="locker")
    terms = {"code": "chamran", "option": "fetch", "name_en": "Chamran", "city": "شیراز", "day_0": "09:00-13:00, ۱۶-۲۰",
             "capacity": "12", "position": "0", "active": "on"}  # fmt: skip
    assert owner_client.post(reverse("delivery:new-point"), terms).status_code == 302
    point = PickupPoint.objects.get()
    assert (point.city, point.region, point.capacity) == ("Shiraz", "Fars", 12)
    assert point.week == {"0": [["09:00", "13:00"], ["16:00", "20:00"]]}
    page = text(owner_client.get(reverse("delivery:point", args=["chamran"])))
    assert "09:00-13:00, 16:00-20:00" in page
    assert "Chamran" in text(owner_client.get(reverse("delivery:points")))


def test_prices_by_rule_are_added_and_removed(owner_client):
    make.a_shop()
    DeliveryOption.objects.create(code="post")
    url = reverse("delivery:prices", args=["post"])
    rule = {"places": "Fars\n14", "most_g": "2000", "price": "49000", "each_kg": "1000", "from_amount": ""}
    assert owner_client.post(url, rule).status_code == 302
    made = DeliveryPrice.objects.get()
    assert (made.places, made.most_g, made.price_minor, made.each_kg_minor) == (["Fars", "14"], 2000, 490_000, 10_000)
    assert "49,000" in text(owner_client.get(url))
    assert owner_client.post(url, {**rule, "price": "-1"}).status_code == 422
    owner_client.post(reverse("delivery:drop-price", args=["post", made.pk]))
    assert not DeliveryPrice.objects.exists()


def test_the_owner_chooses_festivals_and_adds_a_day(owner_client):
    make.a_shop()
    url = reverse("delivery:festivals")
    owner_client.post(url, {"shown": ["nowruz"]})
    assert set(Festival.objects.filter(shown=True).values_list("code", flat=True)) == {"nowruz"}
    day = {"code": "fair", "name_en": "Book fair", "day": "1405/02/18"}
    assert owner_client.post(reverse("delivery:new-festival"), day).status_code == 302
    assert Festival.objects.get(code="fair").day == date(2026, 5, 8)
    assert owner_client.post(reverse("delivery:new-festival"), day).status_code == 422
    page = text(owner_client.get(url))
    assert "Book fair" in page
    assert "Eid al-Fitr</td>" not in page
    owner_client.post(reverse("delivery:drop-festival", args=["fair"]))
    assert not Festival.objects.filter(code="fair").exists()


def test_pages_without_anything_say_what_to_do_first(owner_client):
    make.a_shop()
    assert "No windows yet" in text(owner_client.get(reverse("delivery:slots")))
    assert "No zone yet" in text(owner_client.get(reverse("delivery:zones")))
    assert "No option with points yet" in text(owner_client.get(reverse("delivery:points")))
    a_point()
    assert "Kiosk bazaar" in text(owner_client.get(reverse("delivery:points")))
