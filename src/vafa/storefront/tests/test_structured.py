"""What search engines read of a product, exactly."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from vafa.catalog.actions import StockRow, set_stock, show_opinions
from vafa.catalog.tests import make
from vafa.checkout.tests.make import a_window
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries.choices import Need, choices_for
from vafa.kit.clock import now
from vafa.kit.formats.dates import local_day
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def window(db, settings, tmp_path):
    settings.HOME = tmp_path
    a_window(until=now())
    save_settings(holiday_country="IR")
    DeliveryOption.objects.update(price_minor=450_000)


def page_of(client, code="divan", **said):
    return client.get(f"/shop/p/{code}/", said, headers={"accept-language": "en"})


def read(client, code="divan", **said):
    page = page_of(client, code, **said).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])


def days(told) -> tuple[tuple[int, int], tuple[int, int]]:
    time = told["offers"]["shippingDetails"][0]["deliveryTime"]
    return tuple((time[name]["minValue"], time[name]["maxValue"]) for name in ("handlingTime", "transitTime"))


def test_without_a_place_nothing_is_said_of_delivery(client):
    assert read(client) == {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": "Divan of Hafez",
        "url": "http://testserver/shop/p/divan/",
        "brand": {"@type": "Brand", "name": "Hafez"},
        "sku": "divan-1",
        "offers": {
            "@type": "Offer",
            "url": "http://testserver/shop/p/divan/",
            "price": "5600000",
            "priceCurrency": "IRR",
            "availability": "https://schema.org/InStock",
        },
    }


def shipping_by(best) -> dict[str, object]:
    """What is told of the one way to Fars whose answer that is."""
    today = local_day(now())
    return {
        "@type": "OfferShippingDetails",
        "shippingRate": {"@type": "MonetaryAmount", "value": "450000", "currency": "IRR"},
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": "IR", "addressRegion": "Fars"},
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": {"@type": "QuantitativeValue", "minValue": 0, "maxValue": 0, "unitCode": "DAY"},
            "transitTime": {
                "@type": "QuantitativeValue",
                "minValue": (best.earliest - today).days,
                "maxValue": (best.promised_on - today).days,
                "unitCode": "DAY",
            },
        },
    }


def test_the_time_of_delivery_is_the_date_that_the_page_promises(client):
    client.post("/shop/place/", {"to": "Shiraz"})
    best = page_of(client).context["ways"].best
    assert read(client)["offers"]["shippingDetails"] == [shipping_by(best)]


def test_who_says_no_place_is_told_the_time_to_the_shops_own_city_and_the_page_shows_none(client):
    save_settings(city="شیراز")
    page = page_of(client)
    assert (page.context["ways"], read(client)["offers"]["shippingDetails"]) == (
        None,
        [shipping_by(choices_for(Need("Shiraz", 5_600_000, lead_days=0), now()).best)],
    )
    client.post("/shop/place/", {"to": "Tehran"})
    (shipping,) = read(client)["offers"]["shippingDetails"]
    assert shipping["shippingDestination"]["addressRegion"] == "Tehran"  # his own place where he has said one


def test_nothing_is_told_of_a_city_to_which_no_date_is_known(client):
    save_settings(city="Atlantis")
    assert "shippingDetails" not in read(client)["offers"]


def test_days_to_make_it_are_handling_and_both_together_are_the_promise(client):
    make.a_bookcase()
    client.post("/shop/place/", {"to": "Shiraz"})
    chosen = {"o.o1": "v2", "o.o2": "v2", "o.o3": "v1", "o.o4": ""}
    page = page_of(client, "bookcase", **chosen)
    handling, transit = days(told := read(client, "bookcase", **chosen))
    promised = (page.context["ways"].first.answer.promised_on - local_day(now())).days
    assert handling[0] == handling[1] >= 6
    assert handling[1] + transit[1] == promised
    assert 0 <= transit[0] <= transit[1]
    assert told["offers"]["price"] == "149000000"


def test_a_way_whose_price_nobody_has_said_is_left_out(client):
    DeliveryOption.objects.update(price_minor=None)
    client.post("/shop/place/", {"to": "Shiraz"})
    assert "shippingDetails" not in read(client)["offers"]


def test_what_is_sold_out_says_when_it_is_back_and_nothing_of_delivery(client):
    client.post("/shop/place/", {"to": "Shiraz"})
    back_on = local_day(now()) + timedelta(days=9)
    set_stock([StockRow("divan-1", 0, back_on=back_on)], at=now(), is_trusted=True)
    offer = read(client)["offers"]
    assert (offer["availability"], offer["availabilityStarts"]) == ("https://schema.org/OutOfStock", str(back_on))
    assert "shippingDetails" not in offer


def test_only_what_buyers_said_is_told_with_the_names_they_gave(client):
    said = [
        {"stars": 5, "text": "Fine <paper> & print.", "name": "Sara", "at": "2026-05-01T10:00:00+00:00", "reply": ""},
        {"stars": 3, "text": "Small letters.", "name": "", "at": "2026-05-02T10:00:00+00:00", "reply": ""},
    ]
    show_opinions("divan", lambda: {"count": 3, "stars": 12, "each": [1, 1, 1, 0, 0], "newest": said})
    told = read(client)
    assert told["aggregateRating"] == {"@type": "AggregateRating", "ratingValue": 4.0, "reviewCount": 3}
    assert told["review"] == [
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": "Sara"},
            "datePublished": str(date(2026, 5, 1)),
            "reviewBody": "Fine <paper> & print.",
            "reviewRating": {"@type": "Rating", "ratingValue": 5, "bestRating": 5},
        }
    ]
