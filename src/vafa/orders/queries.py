"""Reads of orders."""

from __future__ import annotations

from django.db.models import QuerySet

from vafa.orders.models import Bill, Opinion, OpinionState, Order, OrderLine, Recipient


def order_numbered(number: str) -> Order | None:
    """The order of that number."""
    return Order.objects.filter(number=number).first() if number and "\x00" not in number else None


def orders_of(customer_ref: str) -> QuerySet[Order]:
    """What the customer of this number ordered, the newest first; nobody has no orders."""
    found = Order.objects.filter(customer_ref=customer_ref) if customer_ref else Order.objects.none()
    return found.order_by("-placed_at", "-pk")


def lines_of(order: Order) -> list[OrderLine]:
    """What is in it; nothing where another system took the order."""
    return list(order.lines.all())


def bill_of(order: Order) -> Bill | None:
    """What it cost."""
    return Bill.objects.filter(order=order).first()


def recipient_of(order: Order) -> Recipient | None:
    """Who gets it; None once it was erased, or where another system took the order."""
    return Recipient.objects.filter(order=order).first()


def shown_opinions(product: str) -> QuerySet[Opinion]:
    """What buyers said of a product and everybody may read, the newest first."""
    return Opinion.objects.filter(product=product, state=OpinionState.SHOWN).order_by("-given_at", "-pk")


def opinions_in(state: str) -> QuerySet[Opinion]:
    """Those that wait, the oldest first; those decided, the newest first."""
    found = Opinion.objects.filter(state=state).select_related("line__order")
    return found.order_by("given_at", "pk") if state == OpinionState.WAITING else found.order_by("-given_at", "-pk")
