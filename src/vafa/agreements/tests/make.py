"""Partners, agreements and servers by name. The shop is in Tehran, its months are Jalali."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from vafa.agreements import actions
from vafa.agreements.models import Agreement, Level, Partner, Probe
from vafa.delivery.models import Parcel
from vafa.orders.models import Order

TITLE = {"fa": "توافق حمل", "en": "Carriage agreement"}
FARVARDIN = (date(2026, 3, 21), date(2026, 4, 20))  # 1405-01
IN_JUNE = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def tipax(**said: Any) -> Partner:
    return actions.save_partner("tipax", **{"name": "Tipax", "role": "carrier", "ref": "تیپاکس\nTipax", **said})


def draft(partner: Partner | None = None, code: str = "carriage", **said: Any) -> Agreement:
    terms = {
        "title": TITLE, "scope": {}, "measurement": {}, "failure": {}, "consequence": {},
        "agreed_on": date(2026, 3, 1), "valid_from": date(2026, 3, 21), "valid_until": None, "calendar": "jalali",
    }  # fmt: skip
    return actions.draft_agreement(partner or tipax(), code, **{**terms, **said})


def terms_of(agreement: Agreement, **changes: Any) -> dict[str, Any]:
    """What a draft is changed by: its terms as they are, but for `changes`."""
    names = (
        "title",
        "scope",
        "measurement",
        "failure",
        "consequence",
        "agreed_on",
        "valid_from",
        "valid_until",
        "calendar",
    )
    return {name: getattr(agreement, name) for name in names} | changes


def level(agreement: Agreement, **said: Any) -> Level:
    """Nine of ten parcels within three days, a point costs 1,000."""
    terms = {
        "measure": "delivered", "within": 3, "target": 0.9, "length": "month", "minimum": 10, "step": 0.01,
        "credit_minor": 1000, "cap_minor": 15_000,
    }  # fmt: skip
    return actions.save_level(agreement, None, **{**terms, **said})


def in_force(partner: Partner | None = None, at: datetime = IN_JUNE, **said: Any) -> Agreement:
    made = draft(partner)
    level(made, **said)
    return actions.put_in_force(made, at=at)


def parcels(days: list[int | None], *, handed: datetime, carrier: str = "Tipax", start: int = 0) -> None:
    """One parcel for each number of days it took; None never arrived."""
    for number, took in enumerate(days, start):
        order = Order.objects.create(number=f"{carrier}-{handed:%m%d%H%M%S}-{number}", placed_at=handed - DAY)
        arrived = None if took is None else handed + took * DAY
        Parcel.objects.create(order=order, carrier=carrier, handed_over_at=handed, delivered_at=arrived)


def home_page(url: str = "http://127.0.0.1:8000/", at: datetime = IN_JUNE) -> Probe:
    return actions.add_probe("Home", url, at=at)


class Page:
    """A real HTTP server whose answers are told to it: `says` is a status, or words for what it does."""

    def __enter__(self) -> Page:
        page = self
        self.says: str | int = 200
        self.where = "/"
        self.asked = 0
        self.let_go = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page.asked += 1
                page.answer(self)

            def log_message(self, *given: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self.says == "nothing":
            self.let_go.wait(30)
            return
        if self.says == "redirect":
            handler.send_response(302)
            handler.send_header("location", self.where)
            handler.end_headers()
            return
        handler.send_response(200 if isinstance(self.says, str) else self.says)
        handler.end_headers()
        try:
            if self.says == "drops":
                while not self.let_go.wait(0.05):
                    handler.wfile.write(b".")
            elif self.says == "endless":
                while not self.let_go.is_set():
                    handler.wfile.write(b"x" * 65536)
                    time.sleep(0)
            else:
                handler.wfile.write(b"<h1>Shop</h1>")
        except OSError:
            pass
