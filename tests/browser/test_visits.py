"""What a real browser measured of a page arrives."""

from __future__ import annotations

import pytest

from vafa.visits.models import Visit

LEFT = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden" });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""
# a page that takes its time to answer a touch, and a promise that the browser has told of it
SLOW = """() => {
  addEventListener("click", () => { const over = performance.now() + 40; while (performance.now() < over); });
  window.answered = new Promise((done) => new PerformanceObserver((list) => {
    if (list.getEntries().some((each) => each.name === "click")) done(true);
  }).observe({ type: "event", durationThreshold: 16 }));
}"""


def left(page) -> None:
    """The visitor turns to another tab; wait until what was told has been answered."""
    with page.expect_response("**/visit") as told:
        page.evaluate(LEFT)
    assert told.value.status == 204


@pytest.mark.parametrize(("width", "device"), [(1280, "computer"), (360, "phone")])
def test_the_figures_of_a_visit_arrive_once(visit, width, device):
    page = visit("/shop/info/privacy/", width=width)
    page.evaluate(SLOW)
    page.locator("main").click()
    page.evaluate("window.answered")
    before = page.context.cookies()
    left(page)
    page.evaluate(LEFT)
    told = Visit.objects.get()
    assert (told.page, told.device, told.errors) == ("info", device, 0)
    assert told.lcp_ms is not None
    assert 40 <= told.inp_ms < 10_000
    assert told.cls_mils is not None
    assert page.context.cookies() == before


def test_a_fault_of_the_page_is_counted(visit):
    page = visit("/shop/")
    page.evaluate("setTimeout(() => { throw new Error('broken on purpose') })")
    page.evaluate("new Promise(done => setTimeout(done))")
    left(page)
    assert Visit.objects.get().errors == 1


def test_who_asks_not_to_be_followed_by_the_browser_alone_is_left_alone(visit, chromium, live_server):
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/shop/")
    page.wait_for_load_state("networkidle")
    page.evaluate(LEFT)
    page.goto("about:blank")
    context.close()
    assert [address for address in asked if address.endswith("/visit")] == []
    assert Visit.objects.count() == 0
