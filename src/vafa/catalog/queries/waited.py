"""What customers wait for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from vafa.catalog.models import NoticeState, Stock, Variant
from vafa.kit.formats.dates import local_day


def waited_for(*, at: datetime) -> QuerySet[Variant]:
    """Articles that somebody waits for, with `people`, `since` (the first who still waits) and `expected_on`, the first
    day after today on which more are expected. Those most waited for first. One query, with their products.
    """
    expected = Stock.objects.filter(variant=OuterRef("pk"), back_on__gt=local_day(at)).order_by("back_on")
    waiting = Variant.objects.filter(notices__state=NoticeState.WAITING)
    return (
        waiting.annotate(people=Count("notices"), since=Min("notices__asked_at"))
        .annotate(expected_on=Subquery(expected.values("back_on")[:1]))
        .select_related("product")
        .order_by("-people", "since", "pk")
    )
