"""Open promises, those at risk, and single promises with their chain."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.db.models import QuerySet

from vafa.promises.models import Promise, State
from vafa.shop.queries import regions_called

AT_RISK_BELOW = 0.8
AT_RISK_WITHIN = timedelta(days=1)


def open_promises() -> QuerySet[Promise]:
    """Every open promise, the one due next first."""
    return Promise.objects.filter(state=State.OPEN).order_by("due_at")


def at_risk(
    *, at: datetime, within: timedelta = AT_RISK_WITHIN, below: float = AT_RISK_BELOW, limit: int = 50
) -> list[Promise]:
    """Open promises not yet due that fall due within `within`, or whose probability is under `below`; due next first.

    Of every kind, by the chance when they were made; what is thought of a delivery now, the room that watches it
    knows. At most `limit`. Its time does not grow with the ledger: it reads the index of open promises in the list's
    order.
    """
    ahead = open_promises().filter(due_at__gte=at)
    soon = list(ahead.filter(due_at__lte=at + within)[:limit])
    unlikely = ahead.filter(due_at__gt=at + within, probability__lt=below)
    return soon + list(unlikely[: limit - len(soon)])


def overdue(*, at: datetime, limit: int = 50) -> list[Promise]:
    """Open promises whose time has passed while their grace for evidence still runs; the longest overdue first."""
    found = Promise.objects.filter(state=State.OPEN, settle_after__gt=at, due_at__lt=at)
    return list(found.order_by("settle_after")[:limit])


class Filter(TypedDict, total=False):
    """Which promises. `order` is the number of the order they are about; days are due days.

    `is_current` leaves out the dates that were replaced.
    """

    state: str
    kind: str
    direction: str
    order: str
    region: str
    place: str
    seller: str
    due_from: date
    due_until: date
    is_current: bool


_LOOKUPS = {
    "order": "subject_ref",
    "due_from": "due_on__gte",
    "due_until": "due_on__lte",
    "is_current": "replaced_by__isnull",
}


def ledger(**wanted: Unpack[Filter]) -> QuerySet[Promise]:
    """The promises of the ledger, those due last first; every filter narrows."""
    found = {_LOOKUPS.get(name, name): value for name, value in wanted.items()}
    if region := wanted.get("region"):
        found["region__in"] = regions_called(region)
        del found["region"]
    return Promise.objects.filter(**found).select_related("replaced_by").order_by("-due_on", "-pk")


def last_due_day() -> date | None:
    """The latest day any promise is due; None while there is no promise."""
    return Promise.objects.order_by("-due_on").values_list("due_on", flat=True).first()


def days_promised(keys: Iterable[str]) -> dict[str, set[date]]:
    """The days given by the promises of these keys and by their revisions; unknown keys are absent."""
    found = list(Promise.objects.filter(key__in=list(keys)).values_list("pk", "key", "due_on", "state"))
    days = {key: {due_on} for _pk, key, due_on, _state in found}
    revised = {pk: key for pk, key, _due_on, state in found if state == State.REVISED}
    if revised:
        for root, due_on in Promise.objects.filter(root__in=list(revised)).values_list("root_id", "due_on"):
            days[revised[root]].add(due_on)
    return days


def promise_by(public_id: uuid.UUID) -> Promise | None:
    """The promise of that public id."""
    return Promise.objects.filter(public_id=public_id).select_related("replaced_by").first()


def promise_of(key: str) -> Promise | None:
    """The promise its maker named `key`."""
    return Promise.objects.filter(key=key).first()


def promises_about(subject_type: str, subject_ref: str, *, kind: str = "") -> QuerySet[Promise]:
    """Every promise about one subject (an order), of one kind or of all, the newest first.

    An order has promises of several kinds: its date, its confirmation within a minute, an answer. Who speaks of "the"
    promise of an order means `kind="delivery"`.
    """
    about = Promise.objects.filter(subject_ref=subject_ref, subject_type=subject_type).order_by("-made_at", "-pk")
    return about.filter(kind=kind) if kind else about


def chain_of(promise: Promise) -> list[Promise]:
    """Every promise of the chain, the original first."""
    first = Promise.objects.filter(pk=promise.chain_id)
    return list((first | Promise.objects.filter(root_id=promise.chain_id)).order_by("pk"))
