"""Reads of the watch: what is in danger, what waits for somebody, what was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from vafa.delivery.models import Notice, NoticeState, Slip, Watched, WatchRules
from vafa.kit import clock
from vafa.promises.models import Promise, State
from vafa.shop.queries import regions_called

AT_RISK_BELOW = 0.8  # shown to the staff; customers are told by the shop's own rule
UNDECIDED = [NoticeState.PROPOSED, NoticeState.HELD]


def watch_rules() -> WatchRules:
    """The shop's rules; unsaved defaults before the owner first saves any."""
    return WatchRules.objects.filter(pk=1).first() or WatchRules()


def watched_of(promise: Promise) -> Watched | None:
    """What is thought of the promise now; None where it is not watched."""
    return Watched.objects.filter(promise=promise).first()


@dataclass(frozen=True)
class AtRisk:
    """How many promises are at risk: all, those before their date, those of them not told yet, those past it."""

    every: int = 0
    ahead: int = 0
    untold: int = 0
    overdue: int = 0


UNTOLD, AHEAD, OVERDUE = "untold", "ahead", "overdue"


def promises_at_risk(wanted: Mapping[str, str] | None = None, *, at: datetime | None = None) -> QuerySet[Watched]:
    """Open promises whose chance is under AT_RISK_BELOW, the dearest first; of a `region`, `carrier`, `option`.

    `which`: AHEAD, those whose date has not passed at `at`; UNTOLD, those of them whose customer was not told yet;
    OVERDUE, those whose date has passed.
    """
    wanted = wanted or {}
    found = _at_risk().select_related("promise")
    if which := wanted.get("which"):
        found = found.filter(_which(at or clock.now())[which])
    if region := wanted.get("region"):
        found = found.filter(region__in=regions_called(region))
    for name in ("carrier", "option"):
        if value := wanted.get(name):
            found = found.filter(**{name: value})
    return found.order_by("-loss_minor", "promise__due_at", "pk")


def watched_by(keys: Sequence[int]) -> list[Watched]:
    """These rows with their promises, in this order."""
    found = Watched.objects.select_related("promise").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def at_risk_counts(*, at: datetime) -> AtRisk:
    """How many promises the list holds, in one query; each count is the length of the list of the same name."""
    counts = {name: Count("pk", filter=condition) for name, condition in _which(at).items()}
    return AtRisk(**_at_risk().aggregate(every=Count("pk"), **counts))


def _at_risk() -> QuerySet[Watched]:
    return Watched.objects.filter(promise__state=State.OPEN, probability__lt=AT_RISK_BELOW)


def _which(at: datetime) -> dict[str, Q]:
    told = Notice.objects.filter(promise=OuterRef("promise"), state=NoticeState.SENT)
    ahead = Q(promise__due_at__gt=at)
    return {AHEAD: ahead, UNTOLD: ahead & ~Q(Exists(told)), OVERDUE: Q(promise__due_at__lte=at)}


def values_at_risk(name: str) -> list[str]:
    """The regions, carriers or options of promises at risk, the most frequent first."""
    rows = Watched.objects.filter(probability__lt=AT_RISK_BELOW).exclude(**{name: ""}).values_list(name)
    return [value for value, _count in rows.annotate(count=Count("pk")).order_by("-count", name)]


def notices_of(promises: Iterable[int]) -> dict[int, list[Notice]]:
    """Primary key of a promise to its notices, the first one first."""
    found: dict[int, list[Notice]] = {}
    for notice in Notice.objects.filter(promise_id__in=list(promises)).select_related("slip").order_by("number"):
        found.setdefault(notice.promise_id, []).append(notice)
    return found


def choices_to_do() -> QuerySet[Notice]:
    """What customers chose and somebody must still do, the oldest first."""
    return Notice.objects.filter(to_do=True, done_at__isnull=True).select_related("promise").order_by("chosen_at")


def waiting_counts() -> tuple[int, int]:
    """How many notices wait for approval, and how many choices of customers are still to be carried out."""
    proposed = Q(state=NoticeState.PROPOSED, promise__state=State.OPEN)
    chosen = Q(to_do=True, done_at__isnull=True)
    found = Notice.objects.filter(proposed | chosen).aggregate(
        proposed=Count("pk", filter=proposed), chosen=Count("pk", filter=chosen)
    )
    return found["proposed"], found["chosen"]


@dataclass(frozen=True)
class WatchStatus:
    """How the watch stands: so many watched, of which at risk; the oldest estimate; what waits."""

    watched: int
    at_risk: int
    oldest: datetime | None
    proposed: int
    held: int
    told: int
    alerts: int
    to_do: int

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {**self.__dict__, "oldest": self.oldest.isoformat() if self.oldest else None}


def watch_status() -> WatchStatus:
    """Counted now."""
    rows = Watched.objects.filter(promise__state=State.OPEN)
    notices = Notice.objects.aggregate(
        proposed=Count("pk", filter=Q(state=NoticeState.PROPOSED)),
        held=Count("pk", filter=Q(state=NoticeState.HELD)),
        told=Count("pk", filter=Q(state=NoticeState.SENT)),
    )
    return WatchStatus(
        watched=rows.count(),
        at_risk=rows.filter(probability__lt=AT_RISK_BELOW).count(),
        oldest=rows.order_by("at").values_list("at", flat=True).first(),
        alerts=Slip.objects.filter(closed_at__isnull=True).count(),
        to_do=choices_to_do().count(),
        **notices,
    )


def could_be_told(rules: WatchRules, at: datetime) -> QuerySet[Watched]:
    """Open promises before their date, under the shop's limit, without a notice that still waits, the dearest first."""
    return (
        Watched.objects.filter(promise__state=State.OPEN, promise__due_at__gt=at, probability__lt=rules.below)
        .annotate(
            notices=Count("promise__notices", filter=Q(promise__notices__state=NoticeState.SENT)),
            undecided=Count("promise__notices", filter=Q(promise__notices__state__in=UNDECIDED)),
            due_on=F("promise__due_on"),
        )
        .filter(undecided=0, notices__lt=rules.most_notices)
        .select_related("promise")
        .order_by("-loss_minor", "pk")
    )
