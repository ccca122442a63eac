"""The demo's simulated visitors leave what their browsers would have measured of the pages they opened.

Invented like everything in the demo: telephones on a slow net now and then wait too long, computers hardly ever. The
rows go through the visits room's own action, as if the beacon had told them.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Max

from vafa.visits.actions import Told, add_up_days, keep_visit
from vafa.visits.models import Visit, VisitDay

DAYS, A_DAY = 27, 18
PAGES = ("home", "search", "shelf", "shelf", "product", "product", "product", "basket", "checkout", "own", "info")
DEVICES = ("phone", "phone", "phone", "computer", "tablet")
# milliseconds until the largest piece is drawn: half of the visits are faster, and how far the slow ones are off
LCP = {"phone": (1400, 0.5), "tablet": (1000, 0.4), "computer": (600, 0.4)}


@transaction.atomic
def let_people_look_around(*, at: datetime, seed: int = 3) -> int:
    """Visits of the four weeks before `at`, after the last day that is added up; how many came. Done twice it is done
    once.
    """
    before, over = Visit.objects.count(), VisitDay.objects.aggregate(last=Max("day"))["last"]
    for days in range(DAYS, 0, -1):
        morning = at - timedelta(days=days)
        if over is None or morning.date() > over:
            _one_day(morning, seed)
    add_up_days(at=at)
    return Visit.objects.count() - before


def _one_day(at: datetime, seed: int) -> None:
    """The visits of one day: drawn from the seed and the day alone, so that they are the same whenever it is asked."""
    rng = Random(f"{seed}:{at.date()}")  # noqa: S311 - a play
    for number in range(A_DAY):
        key = hashlib.sha256(f"{seed}:{at.date()}:{number}".encode()).hexdigest()[:32]
        keep_visit(_told(key, rng), at=at + timedelta(minutes=rng.randrange(8 * 60)))


def _told(key: str, rng: Random) -> Told:
    device = rng.choice(DEVICES)
    usual, spread = LCP[device]
    return Told(
        key=key,
        page=rng.choice(PAGES),
        device=device,
        lcp_ms=round(usual * rng.lognormvariate(0, spread)),
        inp_ms=round(70 * rng.lognormvariate(0, 0.6)) if rng.random() < 0.7 else None,
        cls_mils=rng.choice((0, 0, 0, 0, 4, 11, 25, 60, 140)),
        errors=int(rng.random() < 0.01),
    )
