"""The customer is told at once, and whether that was at once is written down."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from vafa.checkout.kinds import CONFIRMATION
from vafa.checkout.models import Hold, Purchase
from vafa.customers.models import Channel
from vafa.delivery.queries.slot_records import hours_of_order
from vafa.kit.formats.dates import local_day
from vafa.messages.actions import send, send_by_each
from vafa.messages.models import Message
from vafa.messages.models import State as MessageState
from vafa.messages.purposes import Purpose
from vafa.messages.queries import can_tell
from vafa.orders.links import order_word
from vafa.orders.models import Order
from vafa.promises.actions import make_promise, settle_promise
from vafa.promises.models import Promise, State
from vafa.shop.queries import the_shop

AT_ONCE = timedelta(minutes=1)
CHUNK = 200
BY_EACH = (Channel.EMAIL.value, Channel.SMS.value)  # a confirmation goes by both
TEXT = {
    "fa": "در یک دقیقه خبر ثبت سفارش می‌رسد",
    "ar": "يصل تأكيد الطلب خلال دقيقة",
    "en": "Confirmed within a minute",
}


def confirm(purchase: Purchase, order: Order, promised: Promise | None, *, at: datetime) -> None:
    """Ask for the message with what was ordered, the date and the link, by e-mail and by SMS where both are known; in
    the caller's transaction. That it comes within a minute by one of them is a promise of its own, given where
    a message can reach him at all.
    """
    context: dict[str, object] = {
        "order": order.number,
        "total": [purchase.total_minor, purchase.currency],
        "items": order.items,
        "link": f"/order/{order_word(order.number)}/",
        "checked": int(bool(purchase.reasons)),
        "written": _written(purchase),
    }
    if promised is not None:
        context |= {
            "due_on": promised.due_on.isoformat(),
            "hours": hours_of_order(order.number),
            "receipt": reverse("promises:receipt", args=[promised.public_id]),
        }
    send_by_each(
        BY_EACH,
        key=_key(order.number),
        customer_ref=purchase.customer_ref,
        purpose=Purpose.ORDER,
        template="orders.confirmed",
        context={name: value for name, value in context.items() if value},
        about=f"order:{order.number}",
        at=at,
    )
    if can_tell(purchase.customer_ref):
        _promise(purchase, order, at)


def _promise(purchase: Purchase, order: Order, at: datetime) -> None:
    due_at = at + AT_ONCE
    make_promise(
        kind=CONFIRMATION.name, key=_key(order.number), subject_type="order", subject_ref=order.number,
        party_ref=purchase.customer_ref, text=TEXT, due_on=local_day(due_at), due_at=due_at, zone=the_shop().zone,
        channel="storefront", origin="checkout", at=at,
    )  # fmt: skip


def follow_confirmations(*, at: datetime) -> int:
    """Confirmations whose message was sent (in a simulated shop: written) are kept, or late; how many. Every minute."""
    waiting = Promise.objects.filter(kind=CONFIRMATION.name, state=State.OPEN).order_by("pk")[:CHUNK]
    by_key = {promise.key: promise for promise in waiting}
    keys = {name: key for key in by_key for name in (key, *(f"{key}:{channel}" for channel in BY_EACH[1:]))}
    first: dict[str, datetime] = {}
    reached = [MessageState.SENT, *([MessageState.HELD] if the_shop().simulated else [])]
    sent = Message.objects.filter(key__in=keys, state__in=reached)
    for name, settled_at in sent.values_list("key", "settled_at"):
        key, moment = keys[name], settled_at or at
        first[key] = min(first.get(key, moment), moment)
    for key, moment in first.items():
        promise = by_key[key]
        fulfilled_at = max(min(moment, at), promise.made_at)
        settle_promise(promise, fulfilled_at=fulfilled_at, evidence={"message": "sent"}, at=at)
    return len(first)


def tell_code(hold: Hold, code: str, *, at: datetime) -> None:
    """Send the code with which the customer confirms his order himself."""
    _tell(hold, "checkout.check_code", {"order": hold.order_number, "code": code, "until": hold.due_at.isoformat()}, at)


def tell_refused(hold: Hold, *, at: datetime) -> None:
    """Tell that the order was cancelled, and that what was paid comes back."""
    _tell(hold, "checkout.refused", {"order": hold.order_number}, at)


def tell_too_late(purchase: Purchase, amount_minor: int, *, at: datetime) -> None:
    """Tell that the money came too late for what was ordered, and comes back."""
    send(
        key=f"checkout.too_late:{purchase.number}",
        purpose=Purpose.ORDER,
        template="checkout.too_late",
        customer_ref=purchase.customer_ref,
        context={"order": purchase.number, "amount": [amount_minor, purchase.currency]},
        about=f"order:{purchase.number}",
        at=at,
    )


def _written(purchase: Purchase) -> str:
    """What he wrote for what is made for him, so that he sees a slip of the pen while it can be mended."""
    words = [each for line in purchase.lines for each in line.get("inscriptions", {}).values()]
    return " · ".join(dict.fromkeys(words))


def _tell(hold: Hold, template: str, context: dict[str, object], at: datetime) -> None:
    send(
        key=f"{template}:{hold.order_number}",
        purpose=Purpose.ORDER,
        template=template,
        customer_ref=hold.customer_ref,
        context=context,
        about=f"order:{hold.order_number}",
        at=at,
    )


def _key(number: str) -> str:
    return f"orders.confirmed:{number}"
