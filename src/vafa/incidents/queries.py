"""Reads of incidents; they never write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Min, Q, QuerySet

from vafa.customers.models import Customer
from vafa.incidents.models import TEXTS, Audience, Incident, Notice, NoticeState, OwnRule, Reading, Scope
from vafa.incidents.rules import EVERYWHERE, SHIPPED, Rule
from vafa.messages.models import Message, Reason
from vafa.messages.models import State as MessageState
from vafa.orders.models import Order
from vafa.shop.queries import regions_called, the_shop

SHOWN_READINGS = 50
SHOWN_UNREACHED = 200


def rules() -> list[Rule]:
    """Every rule: the shipped ones as the owner changed them, then his own."""
    own = {each.code: each for each in OwnRule.objects.order_by("code")}
    country = the_shop().holiday_country
    shipped = [
        _of(own.pop(each.rule.code), shipped=True)
        if each.rule.code in own
        else replace(each.rule, active=each.countries == EVERYWHERE or country in each.countries)
        for each in SHIPPED
    ]
    return [*shipped, *(_of(each, shipped=False) for each in own.values())]


def _of(row: OwnRule, *, shipped: bool) -> Rule:
    return Rule(
        code=row.code,
        name=row.name,
        audience=row.audience,
        hours=row.hours,
        least_risk=row.least_risk,
        source=row.source,
        active=row.active,
        checked=row.checked,
        shipped=shipped,
    )


def rule_by(code: str) -> Rule | None:
    """The rule of this code."""
    return next((rule for rule in rules() if rule.code == code), None)


def incidents() -> QuerySet[Incident]:
    """All of them, the newest first, with how many notices are due and told."""
    return Incident.objects.annotate(
        due=Count("notices", filter=Q(notices__state=NoticeState.DUE)),
        told=Count("notices", filter=Q(notices__state=NoticeState.TOLD)),
        next_due=Min("notices__due_at", filter=Q(notices__state=NoticeState.DUE)),
    ).order_by("-number")  # the model's own order is not kept where rows are counted


def incident_by(public_id: UUID) -> Incident | None:
    """One of them."""
    return Incident.objects.select_related("recorded_by").filter(public_id=public_id).first()


def refs_concerned(incident: Incident) -> Iterator[str]:
    """Numbers of the customers whom it concerns, each once, in order."""
    chosen = incident.chosen
    if incident.scope == Scope.LIST:
        yield from sorted(set(chosen["refs"]))
    elif incident.scope == Scope.SEGMENT:
        yield from _ordered(chosen)
    else:
        ordered = Order.objects.exclude(customer_ref="").values_list("customer_ref", flat=True)
        yield from sorted({*Customer.objects.values_list("ref", flat=True), *ordered.distinct().iterator()})


def _ordered(chosen: dict[str, str]) -> Iterator[str]:
    found, zone = Order.objects.exclude(customer_ref=""), ZoneInfo(the_shop().zone)
    if chosen.get("from"):
        found = found.filter(placed_at__gte=_midnight(date.fromisoformat(chosen["from"]), zone))
    if chosen.get("until"):
        found = found.filter(placed_at__lt=_midnight(date.fromisoformat(chosen["until"]) + timedelta(days=1), zone))
    if chosen.get("region"):
        found = found.filter(place__region__in=regions_called(chosen["region"]))
    yield from found.order_by("customer_ref").values_list("customer_ref", flat=True).distinct().iterator()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


@dataclass(frozen=True)
class Group:
    """The notices of one rule: how many there are, are due, late and told late, and until when."""

    rule: str
    name: dict[str, str]
    audience: str
    due_at: datetime
    total: int
    due: int
    told: int
    late: int
    notice: Notice | None  # of an authority, the one there is

    @property
    def is_for_persons(self) -> bool:
        return self.audience == Audience.PERSONS


def groups(incident: Incident) -> list[Group]:
    """Notices by rule, the one due first coming first."""

    late = Q(state=NoticeState.TOLD, settled_at__gt=F("due_at"))
    rows = (
        incident.notices.order_by()
        .values("rule", "audience", "due_at")
        .annotate(
            total=Count("pk"),
            due=Count("pk", filter=Q(state=NoticeState.DUE)),
            told=Count("pk", filter=Q(state=NoticeState.TOLD)),
            late=Count("pk", filter=late),
            one=Min("pk"),
        )
    )
    first = {each.pk: each for each in Notice.objects.filter(pk__in=[row["one"] for row in rows])}
    found = [
        Group(
            rule=row["rule"],
            name=first[row["one"]].rule_name,
            audience=row["audience"],
            due_at=row["due_at"],
            total=row["total"],
            due=row["due"],
            told=row["told"],
            late=row["late"],
            notice=first[row["one"]] if row["audience"] == Audience.AUTHORITY else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.due_at, each.rule))


def messages_by_state(incident: Incident) -> dict[str, int]:
    """How many messages of the incident are in each state."""
    sent = Message.objects.filter(about=f"incident:{incident.public_id}").order_by()
    return dict(sent.values_list("state").annotate(Count("pk")))


def readers_of_other_words(incident: Incident) -> dict[str, int]:
    """Languages in which something of the words is not written, with how many of those still to be told read them."""
    written = [words for words in (getattr(incident, part) for part in TEXTS) if any(words.values())]
    waiting = incident.notices.filter(audience=Audience.PERSONS, state=NoticeState.DUE)
    people = Customer.objects.filter(ref__in=waiting.values("customer_ref")).order_by()
    readers: dict[str, int] = {}
    for language, count in people.values_list("language").annotate(Count("pk")):
        reads = language or the_shop().default_language
        if any(not words.get(reads) for words in written):
            readers[reads] = readers.get(reads, 0) + count
    return readers


@dataclass(frozen=True)
class Unreached:
    """A person who is still to be told and whom no message will reach, and why not. Told they must be by `due_at`."""

    customer_ref: str
    due_at: datetime
    reason: str


def unreached(incident: Incident) -> list[Unreached]:
    """People whose message was not sent for good, those due first coming first; at most 200."""
    over = [MessageState.SUPPRESSED, MessageState.FAILED, MessageState.HELD]
    about = Message.objects.filter(about=f"incident:{incident.public_id}", state__in=over)
    reasons = dict(about.values_list("public_id", "reason"))
    waiting = incident.notices.filter(audience=Audience.PERSONS, state=NoticeState.DUE, message_ref__in=reasons)
    found: dict[str, Unreached] = {}
    for notice in waiting.order_by("due_at", "customer_ref")[: 2 * SHOWN_UNREACHED]:
        reason = Reason(reasons[notice.message_ref]).label if notice.message_ref else ""
        found.setdefault(notice.customer_ref, Unreached(notice.customer_ref, notice.due_at, str(reason)))
    return list(found.values())[:SHOWN_UNREACHED]


def told_otherwise(incident: Incident) -> list[Notice]:
    """Notices of people who were told in another way than by a message, the newest first; at most 200."""
    found = incident.notices.exclude(way="").select_related("told_by").order_by("-settled_at", "pk")
    return list(found[:SHOWN_UNREACHED])


def readings(incident: Incident) -> list[Reading]:
    """Who looked at it last."""
    return list(incident.readings.select_related("who")[:SHOWN_READINGS])


def notices_due() -> int:
    """How many incidents wait for somebody to be told; exercises are left out."""
    return Incident.objects.filter(exercise=False, notices__state=NoticeState.DUE).distinct().count()
