"""The small history: what the newest orders and the owner's statements say by themselves.

The worker keeps it (`actions.pooling`). A request reads what is kept, once per process, and answers from it while no
more than a tenth of the orders and arrivals have changed since. Where nothing fitting is kept (the first minutes after
an import, or after the settings were changed) the newest 200 orders answer, pooled in the request.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Count

from vafa.delivery.models import PooledHistory
from vafa.delivery.queries.history import history, with_first_parcel
from vafa.delivery.track import track_of
from vafa.engine.calendars import CutOff
from vafa.engine.history import History
from vafa.engine.stated import PooledModel
from vafa.kit.prepared import Prepared
from vafa.shop.queries import stated_by_every_name, the_shop, working_calendar

log = logging.getLogger(__name__)
AT_ONCE = 200  # orders that are pooled within a request: some hundredths of a second
CHANGED, FEW = 0.1, 20  # what is kept answers until this share (or so few) of the orders and arrivals have changed


@dataclass(frozen=True)
class SmallHistory:
    """What answers where no model is active. `figures` are None until the worker has measured them."""

    stamp: tuple[Any, ...]
    facts_until: datetime | None
    pooled: PooledModel
    track: dict[str, Any]
    figures: dict[str, Any] | None


_KEPT = Prepared(
    lambda settings: PooledHistory.objects.filter(settings=settings).values_list("version", "orders", "arrivals")
)
_kept: SmallHistory | None = None
_quick: SmallHistory | None = None
_reading = threading.Lock()


def small_history(at: datetime) -> SmallHistory:
    """What is kept of the history, else what its newest 200 orders say. With 200 orders or fewer it is never older than
    the newest of them.
    """
    settings, (orders, arrivals) = settings_digest(), orders_and_arrivals()
    row = next(iter(_KEPT.rows(settings)), None)
    if row is not None:
        changed = max(abs(orders - row[1]), abs(arrivals - row[2]))
        allowed = 0 if orders <= AT_ONCE else max(FEW, CHANGED * row[1])
        if changed <= allowed and (kept := _load(row[0])) is not None:
            return kept
    return _pooled_at_once((settings, orders, arrivals), at)


def beside_the_model(at: datetime) -> PooledModel:
    """The pooled history for places of which the active model knows little, as of the worker's last look."""
    row = next(iter(_KEPT.rows(settings_digest())), None)
    kept = _load(row[0]) if row is not None else None
    return kept.pooled if kept is not None else small_history(at).pooled


def _load(version: str) -> SmallHistory | None:
    """The kept row, read only when the worker has made another; None where it cannot be read."""
    global _kept
    stamp = (version,)
    kept = _kept
    if kept is not None and kept.stamp == stamp:
        return kept
    with _reading:
        row = PooledHistory.objects.filter(pk=1).first()
        if row is None:
            return None
        try:
            pooled = PooledModel.from_bytes(bytes(row.artefact), the_cut_off())
        except (KeyError, ValueError) as fault:
            log.warning("The pooled history cannot be read (%r); the newest orders answer.", fault)
            return None
        _kept = SmallHistory((row.version,), row.facts_until, pooled, row.track, row.figures)
        return _kept


def _pooled_at_once(stamp: tuple[Any, ...], at: datetime) -> SmallHistory:
    global _quick
    quick = _quick
    if quick is not None and quick.stamp == stamp:
        return quick
    with _reading:
        if _quick is None or _quick.stamp != stamp:
            known = history(newest=AT_ONCE)
            until = facts_end(known)
            pooled = PooledModel.of(known, until or at, stated_by_every_name(), the_cut_off())
            _quick = SmallHistory(stamp, until, pooled, track_of(known), None)
        return _quick


def facts_end(known: History) -> datetime | None:
    """The moment after the newest fact; None without any."""
    return datetime.fromtimestamp(known.last_fact, UTC) + timedelta(seconds=1) if len(known) else None


def the_cut_off() -> CutOff:
    """The shop's own."""
    # the defaults of a shop that was never saved are text
    return CutOff(working_calendar(), time.fromisoformat(str(the_shop().cut_off)))


def orders_and_arrivals() -> tuple[int, int]:
    """How many orders there are, and of how many the first parcel has arrived."""
    found = with_first_parcel().aggregate(orders=Count("pk"), arrivals=Count("first__delivered_at"))
    return found["orders"], found["arrivals"]


def settings_digest() -> str:
    """Changes with every setting that the pooled history rests on."""
    shop = the_shop()
    told = [shop.zone, str(shop.cut_off), shop.stated_times, shop.working_week, shop.holiday_country]
    days = [shop.holidays_added, shop.holidays_removed]
    return hashlib.sha256(json.dumps([*told, *days, shop.place_names], sort_keys=True).encode()).hexdigest()
