"""What a customer whose promise is in danger can choose: a new date, another delivery, to cancel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vafa.delivery.models import Notice, Parcel
from vafa.delivery.option_kinds import NEEDS_MORE
from vafa.delivery.queries.options import default_code, options
from vafa.delivery.queries.quoting import answer
from vafa.delivery.queries.watching import watch_rules, watched_of
from vafa.delivery.questions import Asked
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.models import State


@dataclass(frozen=True)
class OtherDelivery:
    """Another way to get it there, with the day that it would keep."""

    code: str
    name: dict[str, str]
    day: date
    probability: float


@dataclass(frozen=True)
class Offer:
    """What can be chosen now. `is_open` False: the promise was settled, replaced or its date has passed."""

    is_open: bool
    new_on: date | None = None
    new_probability: float | None = None
    others: tuple[OtherDelivery, ...] = ()

    def other(self, code: str) -> OtherDelivery | None:
        """The other delivery of that code, where it is offered."""
        return next((each for each in self.others if each.code == code), None)


def offer_of(notice: Notice, *, at: datetime) -> Offer:
    """What the notice's customer can choose at `at`. The new day is the one that was told; a later one where by now
    only that could be kept.

    Another delivery is offered where it would come sooner: before the new day, and where none can be said, before the
    end of the likely window. Where not even that is known, nobody can say that it would.
    """
    promise = notice.promise
    if promise.state != State.OPEN or promise.due_at <= at:
        return Offer(is_open=False)
    new_on, chance = notice.new_on, notice.new_probability
    watched = watched_of(promise)
    if watched is not None and watched.honest_on is not None and (new_on is None or watched.honest_on > new_on):
        new_on, chance = watched.honest_on, watched.honest_probability
    before = new_on or (watched.latest if watched is not None else None)
    if new_on is not None and new_on <= promise.due_on:
        new_on = None
    others: tuple[OtherDelivery, ...] = ()
    if before is not None and watch_rules().offers_options:
        others = _others(promise.subject_ref, before=before, at=at)
    return Offer(True, new_on, chance, others)


def _others(number: str, *, before: date, at: datetime) -> tuple[OtherDelivery, ...]:
    """Other options that would come before that day, if it were sent today; none once a carrier has the parcel."""
    order = Order.objects.filter(number=number).select_related("place", "seller").first()
    if order is None or order.place is None or _is_handed_over(order):
        return ()
    chosen = order.option or default_code()
    codes = tuple(option.code for option in options() if option.code != chosen and option.kind not in NEEDS_MORE)
    if not codes:
        return ()
    asked = Asked(
        to=order.place.code,
        options=codes,
        weight_g=order.weight_g,
        volume_cm3=order.volume_cm3,
        items=order.items,
        seller=order.seller.code if order.seller else "",
        category=order.category,
    )
    try:
        answers = answer(asked, at).answers
    except Problem:
        return ()
    found = [
        OtherDelivery(each.option, dict(each.name), each.promised_on, each.probability)
        for each in answers
        if each.promised_on is not None and each.probability is not None
    ]
    return tuple(other for other in found if other.day < before)


def _is_handed_over(order: Order) -> bool:
    return Parcel.objects.filter(order=order, handed_over_at__isnull=False).exists()
