"""Forgetting a person: what can go goes at once, the rest when his orders have arrived."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from vafa.customers.models import Customer
from vafa.promises.actions import make_promise, settle_promise
from vafa.promises.queries import promise_by
from vafa.requests.kinds import ERASURE
from vafa.requests.models import Erasure
from vafa.requests.personal import parts
from vafa.requests.queries import orders_under_way
from vafa.shop.queries import the_shop

LONGEST = timedelta(days=30)


def ask_to_be_forgotten(customer_ref: str, *, at: datetime) -> Erasure:
    """Erase what is known of the customer. With nothing under way all goes at once; else what delivery needs stays
    until it has arrived, at most thirty days, and that is promised. Asked twice is once.
    """
    with transaction.atomic():
        list(Customer.objects.select_for_update().filter(ref=customer_ref))
        before = Erasure.objects.filter(customer_ref=customer_ref).order_by("-pk").first()
        if before is not None and (before.finished_at is None or not Customer.objects.filter(ref=customer_ref)):
            return before
        wish = Erasure(customer_ref=customer_ref, asked_at=at, due_at=at + LONGEST)
        kept = orders_under_way(customer_ref)
        if kept:
            wish.promise_ref = _promise(wish, at)
        _erase(wish, kept, at)
    return wish


def go_on_erasing(*, at: datetime, limit: int = 50) -> int:
    """Finish erasures whose orders have arrived or whose time is over; how many."""
    finished = 0
    for wish in Erasure.objects.filter(finished_at__isnull=True).order_by("due_at")[:limit]:
        with transaction.atomic():
            held = Erasure.objects.select_for_update().filter(pk=wish.pk, finished_at__isnull=True).first()
            kept = orders_under_way(wish.customer_ref) if at < wish.due_at else []
            if held is not None and not kept:
                _erase(held, [], at)
                finished += 1
    return finished


def _erase(wish: Erasure, kept: list[str], at: datetime) -> None:
    for part in parts():
        wish.erased[part.name] = wish.erased.get(part.name, 0) + part.forget(wish.customer_ref, kept)
    wish.finished_at = None if kept else at
    wish.save()
    promise = promise_by(wish.promise_ref) if wish.promise_ref and not kept else None
    if promise is not None:
        settle_promise(promise, fulfilled_at=at, evidence={"erasure": str(wish.public_id)}, at=at)


def _promise(wish: Erasure, at: datetime) -> UUID:
    zone = the_shop().zone
    promise = make_promise(
        at=at,
        kind=ERASURE.name,
        key=f"erasure:{wish.public_id}",
        subject_type="erasure",
        subject_ref=str(wish.public_id),
        party_ref=wish.customer_ref,
        due_on=wish.due_at.astimezone(ZoneInfo(zone)).date(),
        due_at=wish.due_at,
        zone=zone,
        channel="my-pages",
    )
    return promise.public_id
