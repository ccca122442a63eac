"""Reads of what customers asked."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vafa.checkout.models import Purchase, PurchaseState
from vafa.delivery.models import Parcel
from vafa.orders.models import Order
from vafa.orders.queries import orders_of
from vafa.requests.models import Erasure, Matter, Report
from vafa.requests.personal import parts


def reports_waiting() -> QuerySet[Report]:
    """What is to be answered, the one due next first."""
    return Report.objects.filter(answered_at__isnull=True).select_related("order").order_by("due_at", "pk")


def reports_answered() -> QuerySet[Report]:
    """What was answered, the newest first."""
    return Report.objects.filter(answered_at__isnull=False).select_related("order").order_by("-answered_at", "-pk")


def report_by(public_id: UUID) -> Report | None:
    """The report of that public id."""
    return Report.objects.select_related("order").filter(public_id=public_id).first()


def wish_of(order: Order) -> Report | None:
    """What its customer wants changed about the order and has not been answered yet."""
    return Report.objects.filter(order=order, matter=Matter.CHANGE, answered_at__isnull=True).first()


def reports_of(order: Order) -> list[Report]:
    """What was told about the order, the newest first."""
    return list(Report.objects.filter(order=order).order_by("-at", "-pk"))


def erasure_of(customer_ref: str) -> Erasure | None:
    """The customer's newest wish to be forgotten."""
    return Erasure.objects.filter(customer_ref=customer_ref).order_by("-pk").first()


def erasures() -> QuerySet[Erasure]:
    """Every wish to be forgotten, the newest first."""
    return Erasure.objects.order_by("-pk")


def orders_under_way(customer_ref: str) -> list[str]:
    """Numbers of the customer's own orders here that have not arrived whole, be they still waiting for their money:
    who gets them, and what was written for them, is still needed.
    """
    parcels = Parcel.objects.filter(order=OuterRef("pk"))
    on_its_way = Q(~Exists(parcels)) | Q(Exists(parcels.filter(delivered_at__isnull=True)))
    found = orders_of(customer_ref).filter(on_its_way, cancelled=False, recipient__isnull=False)
    waiting = Purchase.objects.filter(customer_ref=customer_ref, state=PurchaseState.WAITING)
    return [*found.values_list("number", flat=True), *waiting.values_list("number", flat=True)]


def everything_about(customer_ref: str) -> dict[str, object]:
    """All that any room knows of the customer, by the name of the part, as plain JSON values."""
    return {part.name: part.told(customer_ref) for part in parts()}
