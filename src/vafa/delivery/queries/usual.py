"""How long orders usually take, for the reasons beside an estimate: nine of ten of the newest were quicker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from vafa.delivery.models import Parcel

NEWEST, SINCE, FEW = 1000, timedelta(days=14), 20
MOST_DAYS = 60.0


@dataclass(frozen=True)
class Usual:
    """Days within which nine of ten orders are handed over, and parcels arrive after that (by region, "" = all).

    None or left out where fewer than twenty orders tell.
    """

    handling: float | None
    transit: dict[str, float]

    def transit_to(self, region: str) -> float | None:
        """For parcels to the region; those of all regions where few went there."""
        return self.transit.get(region, self.transit.get(""))


def usual_days(at: datetime) -> Usual:
    """From the newest thousand orders that are at least two weeks old."""
    rows = Parcel.objects.filter(position=0, order__placed_at__lt=at - SINCE, handed_over_at__isnull=False)
    newest = rows.order_by("-order__placed_at").values_list(
        "order__placed_at", "handed_over_at", "delivered_at", "order__place__region"
    )[:NEWEST]
    handling, transit = list[float](), dict[str, list[float]]()
    for placed, handed, delivered, region in newest:
        if handed is None:
            continue
        handling.append(_days(handed - placed))
        taken = _days(delivered - handed) if delivered else MOST_DAYS
        for name in {region or "", ""}:
            transit.setdefault(name, []).append(taken)
    found = {name: ninth for name, taken in transit.items() if (ninth := _nine_of_ten(taken)) is not None}
    return Usual(_nine_of_ten(handling), found)


def _days(span: timedelta) -> float:
    return max(span / timedelta(days=1), 0.0)


def _nine_of_ten(days: Sequence[float]) -> float | None:
    return float(np.quantile(days, 0.9)) if len(days) >= FEW else None
