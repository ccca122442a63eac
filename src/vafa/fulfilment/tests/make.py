"""Orders on the packing table, by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from vafa.catalog.actions import VariantRow, reserve
from vafa.catalog.models import Stock
from vafa.catalog.tests import make as catalogue
from vafa.kit.clock import now
from vafa.orders.actions import Line
from vafa.orders.models import Order, OrderLine
from vafa.orders.tests.make import an_order, line
from vafa.payments.models import Payment, PaymentState
from vafa.promises.actions import make_promise
from vafa.promises.models import Promise

BY = "staff:1"


def ordered(number: str = "V-1", *lines: Line, **said: Any) -> Order:
    """Two atlases and a novel, ordered a day ago, unless lines are named."""
    lines = lines or (line("atlas", 2, 300_000), line("novel", 1, 150_000))
    return an_order(number, *lines, **{"placed_at": now() - timedelta(days=1), "customer_ref": "C-1", **said})


def stocked(order: Order, on_hand: int = 10) -> Order:
    """Its articles lie on the shelf, and its pieces are reserved."""
    catalogue.shelves()
    wanted: dict[str, int] = {}
    for each in order.lines.all():
        catalogue.book(each.sku, pieces=on_hand, variants=[VariantRow(each.sku, 300_000, "IRR")])
        wanted[each.sku] = wanted.get(each.sku, 0) + each.quantity
    with transaction.atomic():
        reserve(wanted, at=now())
    return order


def keys(order: Order) -> dict[str, int]:
    """Article to the primary key of its line."""
    return dict(order.lines.values_list("sku", "pk"))


def everything(order: Order) -> dict[int, int]:
    """All pieces that are to pack."""
    return {each.pk: each.to_pack for each in OrderLine.objects.filter(order=order) if each.to_pack}


def shelf(sku: str) -> tuple[int, int]:
    """Pieces there and pieces reserved."""
    return Stock.objects.values_list("on_hand", "reserved").get(variant__sku=sku)


def promised(order: Order, days: int = 5) -> Promise:
    """A date for the order."""
    return make_promise(
        kind="delivery", key=f"p:{order.number}", subject_type="order", subject_ref=order.number, party_ref="C-1",
        text={"en": "soon"}, due_on=(now() + timedelta(days=days)).date(), zone="Asia/Tehran",
    )  # fmt: skip


def paid(order: Order, state: str = PaymentState.PAID, kind: str = "sandbox") -> Payment:
    """The whole bill, paid by the sandbox unless said otherwise."""
    return Payment.objects.create(
        key=f"k:{order.number}", about=f"purchase:{order.number}", order_ref=order.number, way=kind, kind=kind,
        amount_minor=order.bill.total_minor, currency="IRR", state=state, words="Order", back_url="/",
        started_at=now(), paid_at=now() if state == PaymentState.PAID else None,
    )  # fmt: skip
