"""A real HTTP server that plays Zarinpal (v4) and Stripe (Checkout Sessions, refunds), with a memory like theirs.

`sessions` by the gateway's name for them, `refunds` by id; a test pays with `pay`, or changes a session as it likes.
`wrong`: what the next requests are answered instead, in turn: a status, a text, or None for a line that breaks.
`late`: what is asked for is done, but the answer waits until `answer_now` is set. `requests` is all that was asked.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class GatewayServer:
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    wrong: list[Any] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    late: bool = False
    answer_now: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> GatewayServer:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.answer_now.set()
        self.server.shutdown()
        self.server.server_close()

    def pay(self, authority: str, **changes: object) -> None:
        """The customer pays on the gateway's page."""
        self.sessions[authority] |= {"paid": True, **changes}

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The bodies of all requests to an address that ends so."""
        return [each.body for each in self.requests if each.path.endswith(path)]

    def answer(self, asked: Asked) -> tuple[int, Any]:
        name = asked.path.rsplit("/", 1)[-1]
        if asked.path.startswith("/pg/v4/payment/"):
            return 200, getattr(self, f"_{name.removesuffix('.json')}")(asked.body)
        if asked.path.startswith("/pg/StartPay/"):
            return 200, f'<h1>Gateway</h1><a href="{self.sessions[name]["back"]}?Authority={name}&Status=OK">Done</a>'
        if asked.headers.get("Authorization") != "Bearer sk_test_secret":
            return 401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key: sk_test_other"}}
        if asked.path == "/v1/refunds":
            return 200, self._refund(asked) if asked.method == "POST" else self._list_of_refunds(asked)
        if name == "expire":
            return self._expire(asked.path.split("/")[-2])
        return 200, self._new_session(asked) if asked.method == "POST" else self._session(name)

    # --- Zarinpal
    def _request(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["amount"] < 10_000:
            return {"data": [], "errors": {"code": -9, "message": "The input params invalid", "validations": []}}
        authority = f"A{len(self.sessions) + 1:035}"
        self.sessions[authority] = {"amount": body["amount"], "paid": False, "back": body["callback_url"]}
        return {"data": {"code": 100, "message": "Success", "authority": authority, "fee": 0}, "errors": []}

    def _verify(self, body: dict[str, Any]) -> dict[str, Any]:
        session = self.sessions.get(body["authority"])
        if session is None:
            return _error(-54, "Invalid authority.")
        if session["amount"] != body["amount"]:
            return _error(-50, "Session is not valid, amounts values is not the same.")
        if not session["paid"]:
            return _error(-51, "Session is not valid, session is not active paid try.")
        code = 101 if session.get("verified") else 100
        session["verified"] = True
        return {"data": {"code": code, "message": "Paid", "ref_id": 201_001, "card_pan": "5022**5995"}, "errors": []}

    def _inquiry(self, body: dict[str, Any]) -> dict[str, Any]:
        status = self.sessions[body["authority"]].get("status", "IN_BANK")
        return {"data": {"code": 100, "message": "Success", "status": status}, "errors": []}

    # --- Stripe
    def _new_session(self, asked: Asked) -> dict[str, Any]:
        name = f"cs_test_{asked.headers['Idempotency-Key'].removeprefix('vafa-')}"
        body = asked.body
        self.sessions.setdefault(
            name,
            {
                "amount": int(body["line_items[0][price_data][unit_amount]"]),
                "currency": body["line_items[0][price_data][currency]"],
                "token": body["client_reference_id"],
                "status": "open",
                "paid": False,
            },
        )
        return self._session(name)

    def _session(self, name: str) -> dict[str, Any]:
        kept = self.sessions[name]
        return {
            "id": name,
            "object": "checkout.session",
            "url": f"{self.address}/c/pay/{name}",
            "status": "complete" if kept["paid"] else kept["status"],
            "payment_status": "paid" if kept["paid"] else "unpaid",
            "amount_total": kept["amount"],
            "currency": kept["currency"],
            "client_reference_id": kept["token"],
            "payment_intent": f"pi_{name}" if kept["paid"] else None,
        }

    def _expire(self, name: str) -> tuple[int, dict[str, Any]]:
        if self.sessions[name]["paid"] or self.sessions[name]["status"] != "open":
            return 400, {"error": {"type": "invalid_request_error", "message": "Only open sessions can be expired."}}
        self.sessions[name]["status"] = "expired"
        return 200, self._session(name)

    def _refund(self, asked: Asked) -> dict[str, Any]:
        key = asked.headers["Idempotency-Key"]
        made = {
            "id": f"re_{len(self.refunds) + 1}",
            "status": "succeeded",
            "amount": int(asked.body["amount"]),
            "payment_intent": asked.body["payment_intent"],
            "metadata": {"refund": asked.body["metadata[refund]"]},
        }
        return self.refunds.setdefault(key, made)

    def _list_of_refunds(self, asked: Asked) -> dict[str, Any]:
        wanted = asked.body["payment_intent"]
        return {"data": [each for each in self.refunds.values() if each["payment_intent"] == wanted]}


def _error(code: int, message: str) -> dict[str, Any]:
    return {"data": [], "errors": {"code": code, "message": message, "validations": []}}


def _handler(gateway: GatewayServer) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"gateway": gateway})


class _Handler(BaseHTTPRequestHandler):
    gateway: GatewayServer

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        is_json = "json" in self.headers.get("Content-Type", "")
        self.take(json.loads(raw) if is_json else {name: each[0] for name, each in parse_qs(raw).items()})

    def do_GET(self) -> None:
        self.take({name: each[0] for name, each in parse_qs(urlsplit(self.path).query).items()})

    def take(self, body: dict[str, Any]) -> None:
        asked = Asked(self.command, urlsplit(self.path).path, dict(self.headers), body)
        self.gateway.requests.append(asked)
        if self.gateway.wrong:
            self.misbehave(self.gateway.wrong.pop(0))
            return
        status, answer = self.gateway.answer(asked)
        if self.gateway.late:
            self.gateway.answer_now.wait(30)
        self.say(status, answer if isinstance(answer, str) else json.dumps(answer))

    def misbehave(self, how: Any) -> None:
        if how is not None:
            self.say(how if isinstance(how, int) else 200, "" if isinstance(how, int) else how)

    def say(self, status: int, text: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if text.startswith("<") else "application/json")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())
        except OSError:
            pass  # who asked has gone

    def log_message(self, *_: object) -> None:
        pass
