"""A real browser on a real server.

`look(path, …)` opens a page in every language and width, takes its picture into the ignored `/screenshots/` (unless
`--no-pictures`) and asks axe for faults. `visit(path, …)` opens one page for a journey. Skipped where there is no
Chromium, unless `VAFA_TEST_REQUIRE` names `chromium`.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from vafa.config.testing import skip_or_fail

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "screenshots"
LANGUAGES = ("fa", "ar", "en")
WIDTHS = (1280, 360)
TOGETHER = 40  # tests of one file in one process
EXAMINED = {("fa", 360), ("en", 1280)}  # axe is slow; these two see every rule, direction and width
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # what draws without a card is one process less
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Only faults are told: to carry what is right out of the page takes more than half the time. Style sheets are not
# fetched again for the one rule that reads them (no style here depends on how a telephone is held).
EXAMINING = {"reporter": "no-passes", "preload": False}
# Playwright runs its loop in this thread; Django would otherwise take the tests' own queries for calls from async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    seen: Counter[str] = Counter()
    for item in items:
        if "browser" in item.path.parts:
            name = item.path.name
            item.add_marker(pytest.mark.browser)
            # a file stays in one process, with one browser; a long one is shared, or the others would wait for it
            item.add_marker(pytest.mark.xdist_group(f"{name}-{seen[name] // TOGETHER}"))
            seen[name] += 1


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    # the shell without windows first: it draws the same with half the processes
    installed = filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser")))
    program = os.environ.get("VAFA_TEST_CHROMIUM") or next(installed, None)
    if not program:
        skip_or_fail("chromium", "no Chromium is installed (VAFA_TEST_CHROMIUM names one elsewhere)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`visit(path, language=…, width=…, user=…, dark=…, scripts=…)` opens a page and gives Playwright's page."""
    contexts: list[Any] = []

    def open_page(
        path: str,
        *,
        language: str = "en",
        width: int = 1280,
        user: object | None = None,
        dark: bool = False,
        scripts: bool = True,
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            locale=language,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.add_cookies(_cookies(live_server, language, user))
        page = context.new_page()
        page.faults = []
        _hear_faults(page)
        page.goto(live_server.url + path)
        if scripts:
            settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


# a page that was made narrower is measured once it has been drawn so, and whatever loads with that is there
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true)))))"


@pytest.fixture(scope="session")
def one_window(chromium: Any) -> Iterator[Any]:
    """One window of the browser for all that is only looked at: style and letters are fetched and read once."""
    context = chromium.new_context(viewport={"width": WIDTHS[0], "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.faults = []
    _hear_faults(page)
    yield page
    context.close()


@pytest.fixture
def look(one_window: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Open the page in every language, at every width; nothing may stick out, complain, or be out of anyone's reach."""

    pictures = not request.config.getoption("no_pictures")

    def open_page(path: str, language: str, user: object | None) -> Any:
        one_window.context.clear_cookies()
        one_window.context.add_cookies(_cookies(live_server, language, user))
        one_window.faults.clear()
        one_window.set_viewport_size({"width": WIDTHS[0], "height": 800})
        one_window.goto(live_server.url + path)
        settle(one_window)
        return one_window

    def look_at(path: str, *, user: object | None = None, name: str = "", expects: int = 200) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        found: list[str] = []
        for language in LANGUAGES:
            page = open_page(path, language, user)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})  # a fifth of the time of opening it again
                page.evaluate(DRAWN)
                stem = f"{name or path.strip('/').replace('/', '-') or 'home'}-{language}-{width}"
                if pictures:
                    page.screenshot(path=SCREENSHOTS / f"{stem}.png", full_page=True)
                found += [f"{stem}: {fault}" for fault in _faults(page, expects)]
                if (language, width) in EXAMINED:
                    found += [f"{stem}: {fault}" for fault in violations(page)]
        assert found == []

    yield look_at
    one_window.goto("about:blank")  # nothing is asked for any more when the database is emptied


def settle(page: Any) -> None:
    """Wait until fragments have arrived and letters stand. (Waiting for half a second of silence is slow.)"""
    page.evaluate("document.fonts.ready.then(() => true)")  # waiting for a function would need eval, which pages forbid
    page.wait_for_selector(".htmx-request", state="detached")


def _hear_faults(page: Any) -> None:
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))


def _faults(page: Any, expects: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    told = [fault for fault in page.faults if expects == 200 or str(expects) not in fault]
    return ([f"sticks out by {wide} pixels"] if wide > 0 else []) + told


@pytest.fixture
def orders_on() -> Callable[..., None]:
    """Fills in the checkout of a page as a guest, `who` (names of its fields), and pays by the first way there is."""

    def go_through(page: Any, **who: str) -> None:
        for field, words in who.items():
            page.fill(f"#id_{field}", words)
        page.locator("#id_country").select_option("IR")
        page.locator(".checkout-form button.btn-primary").click()
        page.locator(".checkout-form > .actions button").click()
        page.locator(".pay-way").first.click()
        page.locator(".checkout-form > .actions button").click()

    return go_through


@pytest.fixture
def faults_of() -> Callable[[Any], list[str]]:
    """What axe finds on a page as it is now."""
    return violations


def violations(page: Any) -> list[str]:
    """What axe finds, with the beginning of the element at fault."""
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in Axe().run(page, options=EXAMINING).response["violations"]
        for node in violation["nodes"]
    ]


def _cookies(live_server: Any, language: str, user: object | None) -> list[dict[str, str]]:
    """The cookies of somebody who has chosen a language and, if it is a user, signed in."""
    cookies = [_cookie(live_server, settings.LANGUAGE_COOKIE_NAME, language)]
    if user is not None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies.append(_cookie(live_server, settings.SESSION_COOKIE_NAME, session))
    return cookies


def _cookie(live_server: Any, name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value, "url": live_server.url}
