"""The staff sends an order to another address, because its customer asked for it, and answers him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import User
from vafa.delivery.queries.elsewhere import Elsewhere
from vafa.fulfilment.actions import elsewhere
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.requests.actions.reporting import answer_report
from vafa.requests.queries import wish_of


@dataclass(frozen=True)
class Wish:
    """Where it shall go (`to` as in `orders.actions.readdress`), what was agreed to (`Elsewhere.agreed`), why the shop
    takes on itself what that costs more ("": it does not), and the `answer` to what the customer asked for ("": none
    yet).
    """

    to: Mapping[str, str]
    agreed: str
    reason: str = ""
    answer: str = ""


def look_elsewhere(order: Order, to: Mapping[str, str], *, at: datetime) -> Elsewhere:
    """What sending it there would mean for date and money. Problems (409): `over`, `packed`."""
    try:
        return elsewhere.look_elsewhere(order, to, at=at)
    except Problem as refused:
        raise _for_staff(refused) from None


def send_elsewhere(order: Order, wish: Wish, *, by: User, at: datetime) -> None:
    """Send it there as `fulfilment` does, and answer what the customer had asked for; all or nothing.

    Problems (409): `over`, `packed`, `cannot-be`, `costs-more` (give a `reason`), `changed`, `answered`.
    """
    with transaction.atomic():
        agreed = elsewhere.Agreed(wish.agreed, by=f"staff:{by.pk}", reason=wish.reason)
        try:
            elsewhere.send_elsewhere(order, wish.to, agreed, at=at)
        except Problem as refused:
            raise _for_staff(refused) from None
        asked = wish_of(order)
        if asked is not None and wish.answer.strip():
            answer_report(asked, wish.answer, by=by.get_username(), at=at)


def _for_staff(refused: Problem) -> Problem:
    """The same in the words for who works here."""
    if refused.code == "packed":
        return Problem("packed", _("It is packed with the old address on it. Unpack it first."), status=409)
    if refused.code == "costs-more":
        sentence = _("The delivery there costs more. Say why the shop takes that on itself, or ask the customer.")
        return Problem("costs-more", sentence, status=409, field="reason")
    return refused
