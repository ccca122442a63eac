"""A carrier for the tests: it signs its messages, and answers questions over a real local HTTP server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from vafa.connectors.actions.sources import add_source, set_secret
from vafa.connectors.models import TrackingSource
from vafa.connectors.tasks import inbox
from vafa.connectors.tracking.form import the_form
from vafa.connectors.tracking.signatures import sign
from vafa.delivery.actions.parcels import ParcelRow, record_parcels
from vafa.kit.clock import real_now
from vafa.orders.models import Order
from vafa.promises.actions import make_promise
from vafa.promises.models import Promise

SECRET = "a secret of thirty-two letters ok"
TASKS = {"connectors.inbox": inbox}
PLACED = datetime(2026, 5, 4, 6, tzinfo=UTC)


def a_source(form: str = "signed", *, code: str = "", asks: str = "") -> TrackingSource:
    source = add_source(code=code or form, form=form, asks=asks)
    set_secret(source, SECRET)
    return source


def an_order(number: str = "VF-30001", tracking: str = "RX1", carrier: str = "") -> Order:
    order = Order.objects.create(number=number, placed_at=PLACED)
    record_parcels([ParcelRow(number, tracking_number=tracking, carrier=carrier)])
    return order


def a_promise(number: str = "VF-30001") -> Promise:
    return make_promise(
        kind="delivery", key=f"test:{number}", subject_type="order", subject_ref=number, party_ref="C-1",
        text={"en": "by Friday"}, due_on=(PLACED + timedelta(days=4)).date(), zone="Asia/Tehran", at=PLACED,
    )  # fmt: skip


def told(status: str = "delivered", hours: float = 50, number: str = "RX1", **more: object) -> bytes:
    """One message in the words of the folder `signed`."""
    at = (PLACED + timedelta(hours=hours)).isoformat()
    return json.dumps({"tracking_number": number, "status": status, "at": at, **more}).encode()


def headers_of(form: str, body: bytes, *, secret: str = SECRET, at: datetime | None = None) -> dict[str, str]:
    """What the carrier sends beside the body."""
    signature = the_form(form).signature
    stamp = str(int((at or real_now()).timestamp()))
    signed = f"{stamp}.".encode() + body if signature.timestamp else body
    headers = {signature.header: signature.prefix + sign(signature, secret, signed)}
    return {**headers, signature.timestamp: stamp} if signature.timestamp else headers


def post(client, source: TrackingSource, body: bytes, **changes: object):
    """Deliver a message as the carrier does."""
    headers = changes.pop("headers", None) or headers_of(source.form, body, **changes)
    return client.post(f"/hooks/tracking/{source.code}", data=body, content_type="application/json", headers=headers)


@contextmanager
def answering(answers: dict[str, tuple[int, bytes, dict[str, str]]]) -> Iterator[tuple[str, list[str]]]:
    """A server whose paths answer (status, body, headers); its address, and the paths asked so far with their token."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer()

        def _answer(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization', '')}".strip())
            status, body, headers = answers.get(self.path, (404, b"", {}))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
