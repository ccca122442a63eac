"""Real servers that play the gateways: an SMTP server and an HTTP server, each on a port of its own."""

from __future__ import annotations

import asyncio
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class PostOffice:
    """An SMTP server. `mails` is what it took; `answers` are replies for coming mails, `silent` makes it never answer
    after the mail has come in; `password` is asked for where set."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.rejected: dict[str, str] = {}
        self.answers: list[str] = []
        self.silent = False
        self.password = ""
        self.controller: Controller | None = None

    def __enter__(self) -> PostOffice:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, authenticator=self._authenticate, auth_require_tls=False
        )
        self.controller.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.controller.stop()

    def settings(self, **other: str) -> dict[str, str]:
        return {
            "host": "127.0.0.1", "port": str(self.port), "security": "none", "user": "", "password": "",
            "sender": "shop@shop.example", **other,
        }  # fmt: skip

    def _authenticate(
        self, server: object, session: object, envelope: object, mechanism: str, data: object
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and data.password.decode() == self.password
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.rejected:
            return self.rejected[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.silent:
            await asyncio.sleep(3600)
        return self.answers.pop(0) if self.answers else "250 OK"
