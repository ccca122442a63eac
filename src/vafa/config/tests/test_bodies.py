"""Bodies of requests on their way to a thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from vafa.config.bodies import LARGEST, hold_small, with_held_body


def arriving(*chunks, gone=False):
    """What a server hands over, message by message."""
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    if gone:
        messages.append({"type": "http.disconnect"})
    elif messages:
        messages[-1]["more_body"] = False
    left = iter(messages)

    async def receive():
        return next(left)

    return receive


def held(headers, receive):
    scope = {"headers": headers}
    with ThreadPoolExecutor(1) as thread:  # a test with a browser may have left a loop in this one
        thread.submit(asyncio.run, hold_small(scope, receive)).result()
    return scope.get("vafa.body")


def body_seen(scope, **environ):
    """What the application reads of `CONTENT_LENGTH` bytes."""

    def application(environ, start_response):
        return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]

    return with_held_body(application)({"asgi.scope": scope, **environ}, None)


def test_a_small_body_is_read_whole_however_it_is_cut():
    assert held([(b"content-length", b"6")], arriving(b"abc", b"", b"def")) == b"abcdef"


def test_a_large_body_and_none_at_all_are_left_to_the_stream():
    assert held([(b"content-length", str(LARGEST + 1).encode())], arriving(b"a")) is None
    assert held([(b"content-length", b"0")], arriving()) is None
    assert held([], arriving()) is None


def test_a_chunked_body_gets_a_length():
    assert held([(b"transfer-encoding", b"chunked")], arriving(b"ab", b"c")) == b"abc"
    assert body_seen({"vafa.body": b"abc"}) == [b"abc"]


def test_a_chunked_body_without_end_is_cut_where_it_is_too_large():
    piece = b"x" * 100_000
    assert held([(b"transfer-encoding", b"chunked")], arriving(*[piece] * 9)) == piece * 3


def test_a_sender_who_goes_away_leaves_what_came():
    assert held([(b"content-length", b"6")], arriving(b"abc", gone=True)) == b"abc"
