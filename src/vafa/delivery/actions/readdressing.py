"""The customer wants his order at another address, before it is packed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vafa.delivery.actions.changing import Back, standing_delivery, tell_changed
from vafa.delivery.models import Parcel
from vafa.delivery.queries.elsewhere import Elsewhere, elsewhere
from vafa.delivery.sentences import promised_text
from vafa.kit.formats import format_money
from vafa.kit.problems import Problem
from vafa.orders.actions import readdress
from vafa.orders.models import Order
from vafa.promises.actions import revise_promise
from vafa.promises.models import AskedBy, Promise

CHANNEL = "my-pages"


def look_elsewhere(order: Order, to: Mapping[str, str], *, at: datetime) -> Elsewhere:
    """What sending it there would mean. Problems (409): `over`, `packed`."""
    promise = _require_changeable(order, at)
    return elsewhere(order, to["city"], to.get("region", ""), promise.due_on, at)


def send_elsewhere(
    order: Order,
    to: Mapping[str, str],
    found: Elsewhere,
    *,
    agreed: str,
    shop_pays: bool = False,
    back: Back | None = None,
    at: datetime,
) -> None:
    """Send it to another address, as was agreed to what that means (`Elsewhere.agreed`); a later date that
    follows from it was asked for by the customer. `shop_pays`: what it costs more is asked of nobody. `to` as in
    `orders.actions.readdress`; `found` is what `look_elsewhere` says
    within the caller's transaction, which holds the order: the label has the old address or the new one.

    Problems (409): `cannot-be`, `costs-more`, `changed`. Refused, nothing has changed.
    """
    _require_possible(order, found, agreed, shop_pays=shop_pays)
    readdress(order, to)
    promise = standing_delivery(order.number)
    if found.day is not None and promise is not None:
        revise_promise(
            promise,
            asked_by=AskedBy.CUSTOMER,
            due_on=found.day,
            probability=found.probability,
            text=promised_text(found.day),
            channel=CHANNEL,
            at=at,
        )
    tell_changed(order.number, elsewhere=True, back=back, at=at)


def _require_changeable(order: Order, at: datetime) -> Promise:
    promise = standing_delivery(order.number)
    if promise is None or promise.due_at <= at:
        raise Problem("over", _("Nothing is promised here that could be moved."), status=409)
    if Parcel.objects.filter(order=order).exists():
        raise Problem("packed", _("It is packed already. Please ask for it on the page of the order."), status=409)
    return promise


def _require_possible(order: Order, found: Elsewhere, agreed: str, *, shop_pays: bool) -> None:
    if found.problem:
        raise Problem("cannot-be", found.problem, status=409)
    if found.more_minor > 0 and not shop_pays:
        amount = format_money(found.more_minor, order.currency)
        sentence = _("The delivery there costs %(amount)s more. Please ask us for it.")
        raise Problem("costs-more", sentence % {"amount": amount}, status=409)
    if found.agreed != agreed:
        sentence = _("The date or the cost there has changed meanwhile. Please look at it again.")
        raise Problem("changed", sentence, status=409)
