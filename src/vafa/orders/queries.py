"""Reads of orders."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, QuerySet

from vafa.catalog.queries.there import taken_together
from vafa.orders.models import Bill, NameWord, Opinion, OpinionState, Order, OrderLine, Recipient
from vafa.orders.names import words_of


def order_numbered(number: str) -> Order | None:
    """The order of that number, with its bill and recipient."""
    known = Order.objects.select_related("bill", "recipient")
    return known.filter(number=number).first() if number and "\x00" not in number else None


def orders_of(customer_ref: str) -> QuerySet[Order]:
    """What the customer of this number ordered, the newest first; nobody has no orders."""
    found = Order.objects.filter(customer_ref=customer_ref) if customer_ref else Order.objects.none()
    return found.order_by("-placed_at", "-pk")


def lines_of(order: Order) -> list[OrderLine]:
    """What is in it; nothing where another system took the order."""
    return list(order.lines.all())


def stock_of(lines: Mapping[int, OrderLine], pieces: Mapping[int, int]) -> dict[str, int]:
    """What so many pieces of these lines ({line's number: pieces}) take from the stock: their articles, and the
    articles that go into them.
    """
    return taken_together((lines[number].takes, count) for number, count in pieces.items())


def bill_of(order: Order) -> Bill | None:
    """What it cost."""
    return Bill.objects.filter(order=order).first()


def recipient_of(order: Order) -> Recipient | None:
    """Who gets it; None once it was erased, or where another system took the order."""
    return Recipient.objects.filter(order=order).first()


def recipients_named(words: str) -> QuerySet[Recipient]:
    """Those in whose name a word begins with each of these; read from an index, however many there are."""
    longest, *others = sorted(words_of(words), key=len, reverse=True) or [b""]
    found = (
        Recipient.objects.filter(pk__in=_words_like(longest).values("recipient"))
        if longest
        else Recipient.objects.none()
    )
    for word in others:
        found = found.filter(Exists(_words_like(word).filter(recipient=OuterRef("pk"))))
    return found


def _words_like(beginning: bytes) -> QuerySet[NameWord]:
    return NameWord.objects.filter(word__gte=beginning, word__lt=beginning + b"\xff")  # UTF-8 has no such byte


def shown_opinions(product: str) -> QuerySet[Opinion]:
    """What buyers said of a product and everybody may read, the newest first."""
    return Opinion.objects.filter(product=product, state=OpinionState.SHOWN).order_by("-given_at", "-pk")


def opinions_in(state: str) -> QuerySet[Opinion]:
    """Those that wait, the oldest first; those decided, the newest first."""
    found = Opinion.objects.filter(state=state).select_related("line__order")
    return found.order_by("given_at", "pk") if state == OpinionState.WAITING else found.order_by("-given_at", "-pk")
