"""What makes a visit good, as the database counts it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from vafa.visits.models import GOOD_CLS_MILS, GOOD_INP_MS, GOOD_LCP_MS, Visit

LCP, INP, CLS = Q(lcp_ms__lte=GOOD_LCP_MS), Q(inp_ms__lte=GOOD_INP_MS), Q(cls_mils__lte=GOOD_CLS_MILS)
FAULTLESS = Q(errors=0)
# A page that drew nothing and told of no fault was most likely never looked at: nothing is known of it.
KNOWN = Q(lcp_ms__isnull=False) | ~FAULTLESS
GOOD = LCP & FAULTLESS & (INP | Q(inp_ms__isnull=True)) & (CLS | Q(cls_mils__isnull=True))
SUMS = {
    "visits": Count("pk", filter=KNOWN),
    "good": Count("pk", filter=GOOD),
    "lcp_known": Count("lcp_ms"),
    "lcp_good": Count("pk", filter=LCP),
    "inp_known": Count("inp_ms"),
    "inp_good": Count("pk", filter=INP),
    "cls_known": Count("cls_mils"),
    "cls_good": Count("pk", filter=CLS),
    "faultless": Count("pk", filter=KNOWN & FAULTLESS),
}


def added_up(visits: QuerySet[Visit]) -> list[dict[str, Any]]:
    """The sums of these visits by day, page and device."""
    rows: Iterable[Any] = visits.order_by().values("day", "page", "device").annotate(**SUMS)
    return list(rows)
