"""Remembers the settings row while one request is answered, so that a page costs at most one query for it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from vafa.shop.models import Shop

_remembered: ContextVar[dict[int, Shop] | None] = ContextVar("vafa_shop", default=None)


class ShopMiddleware:
    """Begins and ends the memory of one request. Outside requests (commands, the worker) nothing is remembered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _remembered.set({})
        try:
            return self.get_response(request)
        finally:
            _remembered.reset(token)


def recall(read: Callable[[], Shop]) -> Shop:
    """The row as this request has seen it, else what `read` gives."""
    memory = _remembered.get()
    if memory is None:
        return read()
    if 1 not in memory:
        memory[1] = read()
    return memory[1]


def forget() -> None:
    """To be called by whoever changes the row."""
    memory = _remembered.get()
    if memory is not None:
        memory.clear()
