"""Writes of the pooled history: worked out by the worker, so that no request has to."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from vafa.delivery.models import FittedModel, PooledHistory
from vafa.delivery.queries.history import history, kept_promises
from vafa.delivery.queries.pooled import facts_end, orders_and_arrivals, settings_digest, the_cut_off
from vafa.delivery.small import pooled_figures
from vafa.delivery.standins import stand_ins_of
from vafa.delivery.track import promises_by_place, track_of
from vafa.engine.history import History
from vafa.engine.stated import PooledModel
from vafa.kit import clock
from vafa.shop.queries import stated_by_every_name

MEASURED_AGAIN = 0.05  # the effect of a caution is measured anew when so large a share of the orders is new


def keep_pooled(*, known: History | None = None, at: datetime | None = None) -> PooledHistory | None:
    """Pool the newest orders and keep the result; what is kept, where no order, arrival or setting has changed.

    `known`: the history, where the caller has read it already. None in a shop without orders and statements.
    """
    at = at or clock.now()
    orders, arrivals = orders_and_arrivals()
    stamp = {"orders": orders, "arrivals": arrivals, "settings": settings_digest()}
    kept = PooledHistory.objects.filter(pk=1).first()
    if not orders:
        PooledHistory.objects.filter(pk=1).delete()
        return None
    if kept is not None and all(getattr(kept, name) == value for name, value in stamp.items()):
        return kept if kept.figures is not None or a_model_answers() else _keep(history(), stamp, kept, at)
    return _keep(known if known is not None else history(), stamp, kept, at)


def is_pooling_due() -> bool:
    """Whether it is worth a look between two refreshes: no model answers, or the settings have changed."""
    return not a_model_answers() or not PooledHistory.objects.filter(settings=settings_digest()).exists()


def _keep(known: History, stamp: dict[str, Any], kept: PooledHistory | None, at: datetime) -> PooledHistory:
    until, stated, cut_off = facts_end(known), stated_by_every_name(), the_cut_off()
    pooled = PooledModel.of(known, until or at, stated, cut_off)
    figures = {"figures": kept.figures, "figures_orders": kept.figures_orders} if kept is not None else {}
    if _is_due(kept, stamp):
        figures = {"figures": pooled_figures(known, stated, cut_off), "figures_orders": stamp["orders"]}
    return PooledHistory.objects.update_or_create(
        pk=1,
        defaults={
            **stamp,
            **figures,
            "version": uuid4().hex,
            "made_at": at,
            "facts_until": until,
            "artefact": pooled.to_bytes(),
            "track": the_track(known),
        },
    )[0]


def _is_due(kept: PooledHistory | None, stamp: dict[str, Any]) -> bool:
    if a_model_answers():
        return False
    if kept is None or kept.figures is None or kept.settings != stamp["settings"]:
        return True
    return bool(abs(stamp["orders"] - kept.figures_orders) > MEASURED_AGAIN * kept.figures_orders)


def a_model_answers() -> bool:
    """Whether a model is active; its own figures then say what a caution means."""
    return FittedModel.objects.filter(active=True).exists()


def the_track(known: History) -> dict[str, Any]:
    """What the history says about places without a model (see `delivery.track`)."""
    promises = promises_by_place(kept_promises())
    return {**track_of(known), "stand_ins": stand_ins_of(known), "promises": promises}
