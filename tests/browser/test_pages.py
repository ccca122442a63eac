"""Every page in three languages and two widths: nothing sticks out, axe finds nothing, the console is silent.

A room adds its addresses to `PAGES`. The pictures are in `/screenshots/`.
"""

from __future__ import annotations

import pytest

PAGES = [
    "/holds/",
    "/holds/rules/",
    "/taxes/",
    "/shop/basket/",
    "/agreements/",
    "/agreements/credits/",
    "/agreements/uptime/",
    "/agreements/partners/new/",
    "/claims/",
    "/claims/new/",
    "/claims/what-it-takes/",
    "/incidents/",
    "/incidents/new/",
    "/incidents/rules/",
    "/components/",
    "/components/side-by-side/",
    "/components/window/",
    "/guarantees/",
    "/guarantees/new/",
    "/remedies/",
    "/vouchers/",
    "/refunds/",
    "/payments/",
    "/payments/gateways/",
    "/payments/gateways/add/zarinpal/",
    "/payments/gateways/add/transfer/",
    "/password/",
    "/reports/",
    "/privacy/",
    "/settings/",
    "/settings/holidays/",
    "/settings/pages/",
    "/shop/info/delivery/",
    "/shop/info/privacy/",
    "/settings/hours/",
    "/settings/stated-times/",
    "/settings/place-names/",
    "/settings/widget/",
    "/staff/",
    "/tokens/",
    "/work/",
    "/parcels/",
    "/orders/",
    "/orders/pick/",
    "/slots/",
    "/zones/",
    "/zones/new/",
    "/points/",
    "/points/new/",
    "/festivals/",
    "/festivals/new/",
    "/sources/",
    "/sources/new",
    "/window/searches/",
    "/window/waited-for/",
    "/catalogue/",
    "/catalogue/new/",
    "/import/products/",
    "/catalogue/waiting/",
    "/catalogue/shelves/",
    "/catalogue/shelves/new/",
    "/catalogue/prices/",
    "/catalogue/prices/new/",
    "/catalogue/wrong-prices/",
    "/window/speed/",
    "/window/guides/",
    "/window/opinions/",
    "/window/questions/",
    "/window/synonyms/",
    "/window/synonyms/new/",
]
FAULTS = {"400": 400, "403": 403, "404": 404, "429": 429, "500": 500, "csrf": 403}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_right_for_everyone(look, owner, path):
    look(path, user=owner)


@pytest.mark.parametrize("name", ["404", "500"])
def test_a_fault_is_right_for_everyone(look, owner, name):
    look(f"/components/faults/{name}/", user=owner, expects=FAULTS[name])


def test_dark_pages_can_be_read(visit, owner, faults_of):
    assert faults_of(visit("/components/", user=owner, dark=True)) == []


def test_the_language_is_switched_without_scripts(visit, owner):
    page = visit("/components/", user=owner, scripts=False)
    page.locator(".staff-side .languages").get_by_role("button", name="فارسی").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.url.endswith("/components/")


def test_the_reason_of_a_date_is_one_tap_away_without_scripts(visit, owner):
    page = visit("/components/", user=owner, width=360, scripts=False)
    chip = page.locator(".chip").first
    assert not chip.locator("svg.chart").is_visible()
    chip.locator("summary").click()
    assert chip.locator("svg.chart").is_visible()


def test_the_menu_of_narrow_screens_opens_without_scripts(visit, owner):
    page = visit("/components/", user=owner, width=360, scripts=False)
    page.locator(".bottom summary").click()
    assert page.locator(".sheet").get_by_role("button", name="Sign out").is_visible()


def test_escape_closes_the_menu_of_narrow_screens_and_gives_the_focus_back(visit, owner):
    page = visit("/components/", user=owner, width=360)
    page.locator(".bottom summary").click()
    page.locator(".sheet a").first.focus()
    page.keyboard.press("Escape")
    assert not page.locator(".sheet").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_keyboard_reaches_the_content_first(visit, owner):
    page = visit("/components/", user=owner)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
