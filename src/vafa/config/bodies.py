"""Small request bodies are read before a thread is taken.

A slow sender then holds no thread, and a request costs one crossing between the loop and its thread less. A chunked
body, which names no length and which Django would take for an empty one, becomes a body with a length.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from io import BytesIO
from typing import Any

LARGEST = 256 * 1024  # bytes; larger ones (files) are streamed to their view
HELD = "vafa.body"
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


async def hold_small(scope: MutableMapping[str, Any], receive: Receive) -> None:
    """Read the request's body into the scope, if it is small; of a chunked one that is too large only its beginning."""
    headers = dict(scope["headers"])
    length = headers.get(b"content-length")
    is_small = length is not None and length.isdigit() and 0 < int(length) <= LARGEST
    if is_small or b"transfer-encoding" in headers:
        scope[HELD] = await _read(receive)


async def _read(receive: Receive) -> bytes:
    body = b""
    while len(body) <= LARGEST:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):  # the end, or the sender has gone
            break
    return body


def with_held_body(application: Wsgi) -> Wsgi:
    """The WSGI application, given the body that `hold_small` has read where there is one."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["asgi.scope"].get(HELD)
        if body is not None:
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        return application(environ, start_response)

    return answer
