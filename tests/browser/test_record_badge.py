"""The badge stands in a page of another host, in every language, by day and by night."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from vafa.demo.tests.make import small_shop


@pytest.fixture
def shop_page(live_server: Any) -> Iterator[str]:
    """A page of a shop on another host that holds the badge in three languages."""
    small_shop()
    badges = [f"{live_server.url}/record/badge.html?lang={code}" for code in ("fa", "ar", "en")]
    frames = "".join(
        f'<iframe src="{badge}" title="{badge[-2:]}" width="320" height="88"></iframe>' for badge in badges
    )
    picture = f'<img src="{live_server.url}/record/badge.svg?lang=fa" alt="">'
    body = f'<!doctype html><html lang="en"><title>Shop</title>{frames}{picture}'.encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_badge_is_seen_in_the_page_of_another_host(chromium, transactional_db, shop_page, scheme):
    context = chromium.new_context(color_scheme=scheme)
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(shop_page)
    page.wait_for_load_state("networkidle")
    frames = page.frames[1:]
    assert [frame.locator("html").get_attribute("dir") for frame in frames] == ["rtl", "rtl", "ltr"]
    dark, light = "rgb(24, 34, 36)", "rgb(255, 255, 255)"
    for frame in frames:
        shown = frame.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert shown == (dark if scheme == "dark" else light)
        overflow = frame.evaluate(
            "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
        )
        assert overflow == [0, 0]
    assert "of promises kept" in frames[2].locator("b").inner_text()
    assert page.locator("img").evaluate("image => image.naturalWidth") == 320
    assert (faults, context.cookies()) == ([], [])
    context.close()
