"""How soon a page of the window is there in a browser, and whether it stands still: LCP and CLS with Chromium.

`python3 dev.py bench paint`; `benchmarks/paint.py --loads 3` for a short look. The simulated shop with its 2,000 books
is served as it is by default; every load is a browser with an empty cache and the cookies of one customer on the way to
his order, on a telephone's screen in Persian and on a computer's in English. Server and browser share this machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from shoppers import VAFA, free_port, wait_for
from table import Row, finish

LOADS = 11
MOST_MS, MOST_SHIFT = 1000, 0.05
READ = """() => new Promise((tell) => {
  let lcp = 0, shift = 0;
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => { lcp = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) shift += entry.value; });
  setTimeout(() => tell([lcp, shift]), 300);
})"""
OTHERS = (
    ("a shelf", "/shop/c/novels/"),
    ("a search", "/shop/search/?q=داستان&there=on"),
    ("what we say of delivery", "/shop/info/delivery/"),
)
ADDRESS = {"name": "Narges", "phone": "09121234567", "city": "تهران", "street": "Zand 12", "postal_code": "1415893461"}


@dataclass(frozen=True)
class Screen:
    """Whose browser it is."""

    name: str
    language: str
    width: int


SCREENS = (Screen("telephone", "fa", 360), Screen("computer", "en", 1280))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=LOADS)
    loads = parser.parse_args().loads
    program = (
        os.environ.get("VAFA_TEST_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    )
    if program is None:
        sys.exit("paint: no Chromium is installed (VAFA_TEST_CHROMIUM names one elsewhere)")
    from playwright.sync_api import sync_playwright

    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        rows = [row for screen in SCREENS for row in measured(browser, address, screen, loads)]
        browser.close()
    finish(rows)


@contextmanager
def demo() -> Iterator[str]:
    """The address of the simulated shop, built and served."""
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "VAFA_HOME": folder, "VAFA_LOG_LEVEL": "ERROR", "VAFA_PUBLIC_URL": address}
        environment.pop("VAFA_DATABASE_URL", None)
        subprocess.run([VAFA, "demo", "--no-serve"], env=environment, check=True, stdout=sys.stderr)
        server = subprocess.Popen(
            [VAFA, "serve", "--worker", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait_for(port)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def measured(browser: Any, address: str, screen: Screen, loads: int) -> list[Row]:
    """A row for each page on the way from the door to the order."""
    first = browser.new_context(viewport={"width": screen.width, "height": 800}, locale=screen.language)
    first.add_cookies([{"name": "django_language", "value": screen.language, "url": address}])
    page = first.new_page()
    rows = []
    for name in steps(page, address):
        found = [load(browser, first.storage_state(), page.url, screen) for _each in range(loads)]
        rows.append(row(f"{screen.name}, {name}", found))
        print(f"  {rows[-1].measure}: {rows[-1].figure}", file=sys.stderr, flush=True)
    first.close()
    return rows


def steps(page: Any, address: str) -> Iterator[str]:
    """Walk to the order; at each page it says which one it is."""
    page.goto(f"{address}/shop/place/")
    page.fill("input[name=to]", "تهران")
    page.locator("main form button").first.click()
    page.wait_for_url("**/shop/")
    yield "home"
    for name, path in OTHERS:
        page.goto(address + path)
        yield name
    page.goto(f"{address}/shop/search/?q=داستان&there=on")
    page.locator(".ware h2 a, .ware h3 a").first.click()
    page.wait_for_url("**/shop/p/**")
    yield "a product"
    page.locator(".product-words form button").first.click()
    page.wait_for_url("**/shop/basket/")
    yield "the basket"
    page.locator('a[href="/shop/checkout/"]').click()
    page.wait_for_url("**/shop/checkout/")
    yield "checkout: where to"
    page.locator("#id_country").select_option("IR")
    for field, value in ADDRESS.items():
        page.fill(f"#id_{field}", value)
    page.locator(".checkout-form button.btn-primary").click()
    page.wait_for_url("**/shop/checkout/delivery/")
    yield "checkout: how"
    page.locator("[name=option][value=pishtaz]").check()
    page.locator(".checkout-form > .actions button").click()
    page.wait_for_url("**/shop/checkout/pay/")
    yield "checkout: to pay"
    page.locator("[name=way][value=cash]").check(force=True)
    page.locator(".checkout-form > .actions button").click()
    page.wait_for_url("**/shop/checkout/done/**")
    yield "the confirmation"


def load(browser: Any, state: Any, address: str, screen: Screen) -> tuple[float, float]:
    """LCP in milliseconds and CLS of one load with an empty cache."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": 800}, locale=screen.language, storage_state=state
    )
    page = context.new_page()
    page.goto(address)
    lcp, shift = page.evaluate(READ)
    context.close()
    return float(lcp), float(shift)


def row(name: str, found: list[tuple[float, float]]) -> Row:
    lcps, worst_shift = sorted(lcp for lcp, _shift in found), max(shift for _lcp, shift in found)
    median = statistics.median(lcps)
    is_met = lcps[0] > 0 and median <= MOST_MS and worst_shift <= MOST_SHIFT
    goal = f"median ≤ {MOST_MS / 1000:.1f} s, ≤ {MOST_SHIFT}"
    figure = f"{median:.0f} / {lcps[-1]:.0f} ms, {worst_shift:.3f}"
    return Row(f"{name}: LCP median / worst of {len(found)}, worst CLS", goal, figure, is_met)


if __name__ == "__main__":
    main()
