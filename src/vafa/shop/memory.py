"""Remembers the settings row while one request is answered, so that a page costs at most one query for it; and in each
process, between requests, what is read often and changed seldom.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

from vafa.shop.models import Shop

T = TypeVar("T")
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


@dataclass
class _Last:
    """The row that was read last in this process, and the model that was made of it."""

    row: tuple[Any, ...] | None = None
    shop: Shop | None = None


_last = _Last()


def made_of(row: tuple[Any, ...], make: Callable[[], Shop]) -> Shop:
    """What `make` gave for an equal row the last time, else what it gives now; a copy, so that nobody's writing into it
    is seen by others. Making one costs far more than reading its row.
    """
    if _last.shop is None or _last.row != row:
        _last.shop, _last.row = make(), row  # its lists are the model's: written into, they equal the row no more
    return copy(_last.shop)


def forget() -> None:
    """To be called by whoever changes the row."""
    memory = _remembered.get()
    if memory is not None:
        memory.clear()


_kept: dict[str, tuple[str, object]] = {}


def remembered(name: str, stamp: str, read: Callable[[], T]) -> T:
    """What `read` gave when the shop's row had this stamp, else what it gives now.

    Whoever changes what is remembered gives the row a new stamp in the same transaction (`actions.stamp_shop`). Stamps
    are random: one that was rolled back is never given again for something else.
    """
    known = _kept.get(name)
    if known is None or known[0] != stamp:
        known = _kept[name] = (stamp, read())
    return cast("T", known[1])
