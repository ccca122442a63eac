"""Carriers that must be asked are asked politely: only about open parcels, a few at a time, less and less often when
they do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from vafa.connectors.actions.inbox import receive
from vafa.connectors.asking import Answer, Ask
from vafa.connectors.asking.by_http import ask_by_http
from vafa.connectors.asking.by_karrio import ask_by_karrio
from vafa.connectors.models import AskedNumber, Through, TrackingSource
from vafa.connectors.queries.tracking import secrets_of
from vafa.connectors.tracking.form import the_form
from vafa.delivery.queries.tracking import open_numbers
from vafa.kit import clock
from vafa.kit.clock import real_now

AT_ONCE = 20  # numbers in one go; the task runs every five minutes
AGAIN = timedelta(hours=3)
LONGEST = timedelta(days=1)
REST = timedelta(minutes=10)
SEARCHED = 2000  # open parcels looked at for one source


def ask_source(source: TrackingSource, *, ask: Ask | None = None, at: datetime | None = None) -> int:
    """Ask the carrier about those of its open parcels whose turn it is; how many numbers it answered.

    `at` is real time. A carrier that fails rests: ten minutes, doubled each time up to a day, or as long as it says.
    A number that it does not know is asked about less and less often.
    """
    at = at or real_now()
    if not source.enabled or not source.asks or (source.resting_until is not None and at < source.resting_until):
        return 0
    numbers = _due(source, at)
    if not numbers:
        return 0
    answer = (ask or _ask_of(source, at))([shown for _key, shown in numbers])
    for body in answer.bodies.values():
        receive(source, body, through=Through.ASKED, at=at)
    _remember(source, numbers, answer, at)
    return len(answer.bodies)


def _ask_of(source: TrackingSource, at: datetime) -> Ask:
    secret = next(iter(secrets_of(source, at)), "")
    if source.asks.startswith("karrio:"):
        return partial(ask_by_karrio, source.asks.removeprefix("karrio:"), secret)
    return partial(ask_by_http, source.asks, secret)


def _due(source: TrackingSource, at: datetime) -> list[tuple[str, str]]:
    """(key, number as written) of its open parcels that may be asked about now, the longest waiting first."""
    form = the_form(source.form)
    names = {source.code, source.asks.removeprefix("karrio:"), *form.names.values(), *form.aliases}
    open_now = open_numbers(names, since=clock.now(), limit=SEARCHED)
    known = dict(AskedNumber.objects.filter(source=source).values_list("number_key", "next_at"))
    due = [(known.get(key, datetime.min.replace(tzinfo=at.tzinfo)), key, shown) for key, shown in open_now.items()]
    return [(key, shown) for next_at, key, shown in sorted(due) if next_at <= at][:AT_ONCE]


def _remember(source: TrackingSource, numbers: Sequence[tuple[str, str]], answer: Answer, at: datetime) -> None:
    for key, shown in numbers:
        if shown in answer.bodies:
            AskedNumber.objects.update_or_create(
                source=source, number_key=key, defaults={"next_at": at + AGAIN, "failures": 0}
            )
        elif shown in answer.unknown:
            asked, _new = AskedNumber.objects.get_or_create(source=source, number_key=key, defaults={"next_at": at})
            failures = asked.failures + 1
            wait: timedelta = min(AGAIN * 2 ** min(failures - 1, 6), LONGEST)
            AskedNumber.objects.filter(pk=asked.pk).update(failures=failures, next_at=at + wait)
    failures = source.failures + 1 if answer.problem else 0
    rest = max(min(REST * 2 ** min(failures - 1, 8), LONGEST), timedelta(seconds=answer.wait)) if failures else None
    TrackingSource.objects.filter(pk=source.pk).update(
        last_asked_at=at,
        last_problem=answer.problem[:200],
        failures=failures,
        resting_until=at + rest if rest is not None else None,
    )
