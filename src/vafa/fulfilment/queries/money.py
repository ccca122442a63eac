"""What the payments of an order say."""

from __future__ import annotations

from django.db.models import QuerySet

from vafa.fulfilment.amounts import net_of
from vafa.fulfilment.models import Credit
from vafa.orders.models import Bill, Order, OrderLine
from vafa.payments.models import Payment, PaymentState

AFTER_SENDING = ["cash"]  # paid at the door: nothing is waited for before it leaves


def unpaid_numbers() -> QuerySet[Payment]:
    """Payments that an order waits for before it may leave, such as a transfer; few at any time."""
    waiting = [PaymentState.STARTED, PaymentState.WAITING, PaymentState.PROMISED, PaymentState.DOUBT]
    return Payment.objects.filter(state__in=waiting).exclude(kind__in=AFTER_SENDING).exclude(order_ref="")


def payments_of(order: Order) -> list[Payment]:
    """Every payment of the order, the newest first."""
    return list(Payment.objects.filter(order_ref=order.number).order_by("-pk"))


def paid_payment(order: Order) -> Payment | None:
    """The payment by which the order was paid."""
    return Payment.objects.filter(order_ref=order.number, state=PaymentState.PAID).order_by("pk").first()


def is_paid(order: Order) -> bool:
    """Whether money of the order is here."""
    return paid_payment(order) is not None


def delivery_left(order: Order, bill: Bill) -> int:
    """What the customer pays for the delivery after all that was taken off or given back of it, in minor units."""
    net = net_of(list(OrderLine.objects.filter(order=order)), bill)
    return net.delivery - sum(Credit.objects.filter(order=order).values_list("delivery_minor", flat=True))


def given_back(order: Order) -> int:
    """The sum of all credits of the order, in minor units of its bill."""
    return sum(Credit.objects.filter(order=order).values_list("total_minor", flat=True))
