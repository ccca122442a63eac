"""Remedies: those that wait, those that are due, what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from vafa.promises.guarantee_terms import Caps
from vafa.promises.guaranteeing import Standing
from vafa.promises.models import Cover, CoverState, Guarantee, Promise, Remedy, RemedyKind, RemedyState, State

ALLOWED = [RemedyState.DUE.value, RemedyState.GIVEN.value]


def remedies(*, state: str = "") -> QuerySet[Remedy]:
    """Every remedy with its promise, the newest first; those that wait or are due: the oldest first."""
    found = Remedy.objects.select_related("cover__promise", "cover__version", "guarantee")
    if state:
        found = found.filter(state=state)
    return found.order_by("due_at", "pk") if state in {"waiting", "due"} else found.order_by("-due_at", "-pk")


def remedy_by(public_id: UUID) -> Remedy | None:
    """The remedy of that public id."""
    return remedies().filter(public_id=public_id).first()


def cover_of(promise: Promise) -> Cover | None:
    """The guarantee that the promise's chain stands under, with its remedy; None where it stands under none."""
    if not promise.guarantee_version:
        return None
    chain = Q(promise_id=promise.chain_id) | Q(promise__root_id=promise.chain_id)
    return Cover.objects.filter(chain).select_related("version__guarantee", "remedy").first()


def counts_by_state() -> dict[str, int]:
    """How many remedies are in each state."""
    return dict(Remedy.objects.order_by().values_list("state").annotate(Count("pk")))


def standing_of(guarantee: Guarantee, caps: Caps, customer_ref: str, at: datetime) -> Standing:
    """What was given in the periods of the caps that end at `at`; remedies that wait or were refused do not count."""
    allowed = Remedy.objects.filter(guarantee=guarantee, state__in=ALLOWED)
    spent = allowed.filter(due_at__gt=at - timedelta(days=caps.budget_days)).aggregate(sum=Sum("cost_minor"))["sum"]
    mine = allowed.filter(customer_ref=customer_ref, due_at__gt=at - timedelta(days=caps.customer_days))
    return Standing(spent or 0, mine.count() if customer_ref else 0)


@dataclass(frozen=True)
class Given:
    """What a guarantee has led to: promises under it, how many were met or not yet known, and its remedies."""

    covered: int
    met: int
    late: int
    open: int
    waiting: int
    given: int
    refused: int
    cost_minor: int


def given_under(guarantee: Guarantee) -> Given:
    """The figures of one guarantee, over all its versions; `given` counts those that are due too."""
    covers = Cover.objects.filter(version__guarantee=guarantee).aggregate(
        covered=Count("pk"),
        **{state: Count("pk", filter=Q(state=state)) for state in ("met", "late", "open")},
    )
    allowed = Q(state__in=ALLOWED)
    given = Remedy.objects.filter(guarantee=guarantee).aggregate(
        waiting=Count("pk", filter=Q(state=RemedyState.WAITING)),
        given=Count("pk", filter=allowed),
        refused=Count("pk", filter=Q(state=RemedyState.REFUSED)),
        cost=Sum("cost_minor", filter=allowed),
    )
    cost = given.pop("cost") or 0
    return Given(**covers, **given, cost_minor=cost)


def covers_to_judge(at: datetime) -> QuerySet[Cover]:
    """Open covers whose end is known, or whose time and grace have passed; those that waited longest first."""
    settled = Q(promise__fulfilled_at__isnull=False, promise__settled_at__lte=at)
    known = settled | Q(promise__state=State.CANCELLED) | Q(judge_after__lte=at)
    return Cover.objects.filter(known, state=CoverState.OPEN).order_by("judge_after", "pk")


def refunds_to_claim(limit: int) -> list[Remedy]:
    """Refunds that are due and that nobody has claimed yet, the oldest first."""
    due = Remedy.objects.filter(kind=RemedyKind.REFUND, state=RemedyState.DUE, claimed_at__isnull=True)
    due = due.select_related("cover__promise").order_by("due_at", "pk")
    return list(due.annotate(order_ref=F("cover__promise__subject_ref"))[:limit])


def is_made_good(promise: Promise) -> bool:
    """Whether a guarantee gives, gave or may still give a remedy for it."""
    return Remedy.objects.filter(cover__promise=promise).exclude(state=RemedyState.REFUSED).exists()
