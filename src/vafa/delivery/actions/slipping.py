"""One alert for many promises in danger at once, and one decision for all their notices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.delivery.models import Decision, Notice, NoticeState, Slip, Watched
from vafa.delivery.queries.slips import factors_of, is_in_danger, open_slips
from vafa.delivery.queries.watching import watch_rules
from vafa.engine.common_cause import Case, Cause, belongs, common_causes
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.promises.models import State
from vafa.shop.queries import the_shop

OVER_AFTER = timedelta(hours=6)  # an alert whose cause has not been seen for so long is over
SAME = 0.5  # the share of its promises that a known alert covers, from which on a cause is that alert's


def find_slips(*, at: datetime | None = None) -> list[Slip]:
    """Look for what promises in danger have in common; the alerts that are open after that."""
    at = at or clock.now()
    cases = list(_cases(at))
    factors = {case.key: case.factors for case in cases}
    for cause in common_causes(cases):
        _remember(cause, factors, at)
    Slip.objects.filter(closed_at__isnull=True, seen_at__lt=at - OVER_AFTER).update(closed_at=at)
    slips = open_slips()
    _hold(slips)
    return slips


def decide_slip(
    slip: Slip, decision: str, *, by: str, words: dict[str, str] | None = None, at: datetime | None = None
) -> Slip:
    """Somebody decides for all: SEND tells all of them (with one text where given), WAIT puts the deadline off once.

    Problem `decided` (409) where somebody was faster.
    """
    at = at or clock.now()
    changes = {"decision": decision, "decided_at": at, "decided_by": by, "words": words or {}}
    if decision == Decision.WAIT:
        changes["decide_by"] = at + timedelta(hours=watch_rules().hours_to_decide)
    undecided = Slip.objects.filter(pk=slip.pk, closed_at__isnull=True, decision__in=_before(decision))
    if decision not in {Decision.SEND, Decision.WAIT} or not undecided.update(**changes):
        raise Problem("decided", _("This has been decided already."), status=409)
    slip.refresh_from_db()
    return slip


def end_waiting(*, at: datetime | None = None) -> int:
    """Alerts about which nobody decided in time: their customers are told by the shop's rules; how many alerts."""
    at = at or clock.now()
    late = Slip.objects.filter(closed_at__isnull=True, decision__in=["", Decision.WAIT], decide_by__lte=at)
    return late.update(decision=Decision.DEADLINE, decided_at=at)


def _before(decision: str) -> list[str]:
    return ["", Decision.WAIT] if decision == Decision.SEND else [""]


def _cases(at: datetime) -> Iterable[Case]:
    rules, caution = watch_rules(), the_shop().target_probability
    rows = Watched.objects.filter(promise__state=State.OPEN, promise__due_at__gt=at).values_list(
        "pk", "probability", "promise__probability", "region", "carrier", "origin", "scanned", "handed_on", "reasons"
    )
    for pk, now, stated, region, carrier, origin, scanned, handed_on, reasons in rows.iterator(chunk_size=5000):
        factors = {
            "region": region,
            "carrier": carrier,
            "origin": origin,
            "scanned": scanned,
            "handed_on": handed_on.isoformat() if handed_on else "",
        }
        expected = 1.0 - (caution if stated is None else stated)
        yield Case(pk, factors, expected, is_in_danger(now, reasons, rules.below))


def _remember(cause: Cause, factors: Mapping[int, Mapping[str, str]], at: datetime) -> None:
    seen = {
        "in_danger": len(cause.in_danger),
        "expected": round(cause.expected, 2),
        "watched": cause.watched,
        "seen_at": at,
    }
    for slip in open_slips():
        if _is_the_same(slip, cause, factors):
            Slip.objects.filter(pk=slip.pk).update(**seen)
            return
    common = dict(cause.common)
    slip = Slip(
        key=json.dumps(common, ensure_ascii=False, sort_keys=True)[:300],
        common=common,
        opened_at=at,
        decide_by=at + timedelta(hours=watch_rules().hours_to_decide),
        **seen,
    )
    Slip.objects.bulk_create([slip], ignore_conflicts=True)


def _is_the_same(slip: Slip, cause: Cause, factors: Mapping[int, Mapping[str, str]]) -> bool:
    """An alert about all of them would swallow every cause that is found later: it is only itself."""
    if not slip.common or not cause.common:
        return not slip.common and not cause.common
    covered = sum(belongs(factors[key], slip.common) for key in cause.in_danger)
    return covered >= SAME * len(cause.in_danger)


def _hold(slips: list[Slip]) -> None:
    """Notices that waited for approval one by one wait for the decision on their alert; those of one that is over
    wait one by one again."""
    waiting = Notice.objects.filter(state=NoticeState.PROPOSED, promise__watched__isnull=False)
    for notice in waiting.select_related("promise__watched")[:5000] if any(slip.holds for slip in slips) else ():
        factors = factors_of(notice.promise.watched)
        found = next((slip for slip in slips if slip.holds and belongs(factors, slip.common)), None)
        if found is not None:
            still = Notice.objects.filter(pk=notice.pk, state=NoticeState.PROPOSED)
            still.update(state=NoticeState.HELD, slip=found)
    over = Notice.objects.filter(state=NoticeState.HELD, slip__closed_at__isnull=False)
    with transaction.atomic():
        over.exclude(slip__decision__in=[Decision.SEND, Decision.DEADLINE]).update(state=NoticeState.PROPOSED)
