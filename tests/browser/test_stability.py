"""Pages of the shop window stand still while they load, and the living page is used by the keyboard alone."""

from __future__ import annotations

import pytest

MOST_SHIFT = 0.05  # of the layout, as browsers count it (cumulative layout shift)
SHIFT = """() => new Promise((tell) => {
  let shift = 0;
  const count = (list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value; };
  new PerformanceObserver(count).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => tell(shift)));
})"""


@pytest.mark.parametrize("path", ["/shop/", "/shop/search/?q=nothing", "/shop/place/", "/shop/info/delivery/"])
def test_a_page_stands_still_while_it_loads(visit, path):
    page = visit(path, language="fa", width=360)
    assert page.evaluate(SHIFT) <= MOST_SHIFT


def test_a_dialog_is_opened_left_and_the_choice_made_by_the_keyboard_alone(visit, owner):
    page = visit("/components/", user=owner)
    page.locator("[data-opens]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog').id") == "sure"
    page.keyboard.press("Escape")
    assert not page.locator("#sure").is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('data-opens')")
    page.locator("[name=way][value=courier]").last.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "post"


def test_a_dialog_opens_and_closes_without_scripts(visit, owner):
    page = visit("/components/", user=owner, scripts=False)
    page.locator("[data-opens]").click()
    assert page.locator("#sure").is_visible()
    page.locator("#sure .dialog-close").click()
    assert not page.locator("#sure").is_visible()
