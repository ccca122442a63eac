"""A plain page of a store that is not ours, on an origin of its own, under a strict content security policy."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import override

FOLDER = Path(__file__).resolve().parent / "demo"
LANGUAGES = {"fa": "rtl", "ar": "rtl", "en": "ltr"}


@dataclass(frozen=True)
class Store:
    """What the page shows: a product of ours, by the widget's key. `vafa` is where the widget comes from."""

    vafa: str
    key: str
    product: str
    name: dict[str, str]

    @property
    def policy(self) -> str:
        """Nothing inline, nothing evaluated."""
        return f"default-src 'none'; style-src 'self'; script-src {self.vafa}; connect-src {self.vafa}; base-uri 'none'"

    def page(self, language: str) -> str:
        with override(language):
            words = {
                "title": _("A store elsewhere"),
                "below": _("This page is plain HTML and knows nothing of Vafa but one script."),
                "where": _("Where is my order?"),
            }
        name = self.name.get(language) or self.name.get("en") or self.product
        values = {"lang": language, "dir": LANGUAGES[language], "vafa": self.vafa, "key": self.key, **words}
        page = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
        return page.substitute(
            {mark: escape(value) for mark, value in {**values, "name": name, "product": self.product}.items()}
        )


class Page(BaseHTTPRequestHandler):
    """The page and its style; `store` is what it shows."""

    store: Store

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/page.css":
            self._answer((FOLDER / "page.css").read_text(encoding="utf-8"), "text/css")
        elif asked.path == "/":
            language = parse_qs(asked.query).get("lang", ["en"])[0]
            self._answer(self.store.page(language if language in LANGUAGES else "en"), "text/html")
        else:
            self._answer("", "text/plain", 204 if asked.path == "/favicon.ico" else 404)

    def _answer(self, body: str, kind: str, status: int = 200) -> None:
        written = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", self.store.policy)
        if status != 204:
            self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, *_about: object) -> None:
        """Nobody needs a line for each request."""


def store_on(port: int, store: Store) -> ThreadingHTTPServer:
    """A server of the page on this port of 127.0.0.1 (0: a free one); its caller lets it serve."""
    return ThreadingHTTPServer(("127.0.0.1", port), type("StorePage", (Page,), {"store": store}))
