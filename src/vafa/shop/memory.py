"""Remembers the settings row while one request is answered, so that a page costs at most one query for it, and what
else is the same for all of a request; and in each process, between requests, what is read often and changed seldom.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

from vafa.shop.models import Shop

T = TypeVar("T")


@dataclass(frozen=True)
class _Memory:
    """Of one request; `only_reads` is one that changes nothing."""

    only_reads: bool
    shop: list[Shop] = field(default_factory=list)
    others: dict[str, object] = field(default_factory=dict)


_memory: ContextVar[_Memory | None] = ContextVar("vafa_request", default=None)


class ShopMiddleware:
    """Begins and ends the memory of one request. Outside requests (commands, the worker) nothing is remembered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _memory.set(_Memory(only_reads=request.method in {"GET", "HEAD"}))
        try:
            return self.get_response(request)
        finally:
            _memory.reset(token)


def recall(read: Callable[[], Shop]) -> Shop:
    """The row as this request has seen it, else what `read` gives."""
    memory = _memory.get()
    if memory is None:
        return read()
    if not memory.shop:
        memory.shop.append(read())
    return memory.shop[0]


def once(name: str, read: Callable[[], T]) -> T:
    """What `read` gave when this request asked first, in one that only reads; else what it gives now."""
    memory = _memory.get()
    if memory is None or not memory.only_reads:
        return read()
    if name not in memory.others:
        memory.others[name] = read()
    return cast("T", memory.others[name])


def forget() -> None:
    """To be called by whoever changes the row."""
    memory = _memory.get()
    if memory is not None:
        memory.shop.clear()
        memory.others.clear()


_last: list[tuple[tuple[Any, ...], Shop]] = []  # the row read last in this process, with what was made of it


def made_of(row: tuple[Any, ...], make: Callable[[], Shop]) -> Shop:
    """What `make` gave for an equal row the last time, else what it gives now; a copy, so that nobody's writing into it
    is seen by others. Making one costs far more than reading its row.
    """
    known = next(iter(_last), None)
    if known is None or known[0] != row:
        known = row, make()  # its lists are those of the row: once somebody wrote into one, the row is another
        _last[:] = [known]
    return copy(known[1])


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
