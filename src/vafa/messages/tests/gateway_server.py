"""A real HTTP server that plays a gateway: `answers` are (status, body) for coming requests, in turn; the last stays.

It remembers what it was asked (`requests`) and, by their keys, what it has sent (`sent`): a key seen before is answered
like the first time and sent no second time, as a gateway with idempotency keys does. `late`: it takes the message and
answers only when `answer_now` is set.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class GatewayServer:
    answers: list[tuple[int, Any]] = field(default_factory=lambda: [(200, {"id": "7"})])
    requests: list[Asked] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
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


def _handler(gateway: GatewayServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            is_json = "json" in self.headers.get("Content-Type", "")
            body = json.loads(raw) if is_json else {key: each[0] for key, each in parse_qs(raw.decode()).items()}
            gateway.requests.append(Asked(self.path, dict(self.headers), body))
            status, answer = gateway.answers.pop(0) if len(gateway.answers) > 1 else gateway.answers[0]
            if status < 300:
                key = self.headers.get("Idempotency-Key") or f"request {len(gateway.requests)}"
                if key not in gateway.sent:
                    gateway.sent.append(key)
            if gateway.late:
                gateway.answer_now.wait(30)
            encoded = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(encoded)))
                self.end_headers()
                self.wfile.write(encoded)
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_: object) -> None:
            pass

    return Handler
