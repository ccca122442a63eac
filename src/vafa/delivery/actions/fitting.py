"""Writes of fitted models: fit, activate, refresh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from vafa.delivery.actions.pooling import keep_pooled, the_track
from vafa.delivery.figures import figures_of, quick_backtest
from vafa.delivery.models import FittedModel, Parcel
from vafa.delivery.queries.history import history
from vafa.engine.history import History
from vafa.engine.model import DeliveryModel, fit
from vafa.jobs.actions import enqueue
from vafa.jobs.models import Job
from vafa.jobs.queries import latest_job
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.shop.queries import closed_days

TASK = "delivery.fit"
Progress = Callable[[float, str], None]
LEAST_DELIVERED = 1000  # with fewer deliveries the pooled curve of the small history answers better
REFIT_AFTER, MORE_ORDERS = timedelta(days=28), 1.2


def fit_model(
    *,
    activate: bool = False,
    as_of: datetime | None = None,
    progress: Progress | None = None,
    at: datetime | None = None,
) -> FittedModel:
    """Fit the facts before `as_of` (default: all of them), keep the version with its figures, activate it where asked.

    The same facts give the same version, which is kept once. Problem `too-little-history` below 1,000 deliveries.
    """
    at = at or clock.now()
    tell = progress or (lambda share, note: None)
    tell(0.0, gettext_noop("Reading the orders"))
    known, moment = _known(history(), as_of or at)
    calendar = holidays_of(known)
    model = fit(known, as_of=moment, calendar=calendar, progress=lambda share, note: tell(0.05 + 0.45 * share, note))
    lately = quick_backtest(known, calendar, progress=lambda share, note: tell(0.5 + 0.5 * share, note))
    if lately is not None:  # what became of the last weeks' promises corrects the next ones
        model = model.calibrated(lately.calibration)
    figures = figures_of(lately) if lately is not None else {}
    row = _keep(model, known, moment, figures, at)
    if activate:
        keep_pooled(at=at)  # it answers beside the model where that knows few orders
        activate_model(version=row.version)
        row.refresh_from_db(fields=["active"])
    tell(1.0, gettext_noop("Done"))
    return row


def learn(*, progress: Progress | None = None, at: datetime | None = None) -> FittedModel | None:
    """What new orders ask for: the pooled history, and a fit that answers from then on, where the newest is four weeks
    old or knows a fifth fewer orders; else newer records for the active one. None where the history is too small for a
    model.
    """
    at = at or clock.now()
    keep_pooled(at=at)
    if Parcel.objects.filter(delivered_at__isnull=False).count() < LEAST_DELIVERED:
        return None
    newest = FittedModel.objects.order_by("-fitted_at").values_list("fitted_at", "orders").first()
    is_old = newest is None or at - newest[0] >= REFIT_AFTER or Order.objects.count() > MORE_ORDERS * newest[1]
    return fit_model(activate=True, progress=progress, at=at) if is_old else refresh_records(at=at)


def ask_fit(*, at: datetime | None = None) -> Job:
    """Ask the worker for a fit that answers from then on; the one already waiting or running, where there is one."""
    waiting = latest_job(TASK)
    if waiting is not None and not waiting.is_over:
        return waiting
    return enqueue(TASK, arguments={"activate": True}, most_attempts=2, at=at or clock.now())


def _known(everything: History, as_of: datetime) -> tuple[History, datetime]:
    """What was known at `as_of`, and the moment of the newest fact in it: silence after that says nothing."""
    known = everything.until(as_of)
    delivered = int(np.isfinite(known.delivered).sum())
    if delivered < LEAST_DELIVERED:
        raise Problem(
            "too-little-history",
            _("A model needs at least %(least)d delivered orders with a known time; there are %(found)d.")
            % {"least": LEAST_DELIVERED, "found": delivered},
        )
    return known, datetime.fromtimestamp(known.last_fact, UTC) + timedelta(seconds=1)


def holidays_of(known: History) -> frozenset[Any]:
    """The shop's holidays over the history and a year beyond."""
    first = datetime.fromtimestamp(float(known.placed[0]), UTC).date()
    last = datetime.fromtimestamp(known.last_fact, UTC).date()
    return closed_days(first, last + timedelta(days=400))


def _keep(model: DeliveryModel, known: History, moment: datetime, figures: dict[str, Any], at: datetime) -> FittedModel:
    row, made = FittedModel.objects.get_or_create(
        version=model.version,
        defaults={
            "fitted_at": at,
            "facts_until": moment,
            "learned_until": moment,
            "orders": len(known),
            "figures": figures,
            "artefact": model.to_bytes(),
            "track": the_track(known),
        },
    )
    if not made:  # the same facts again: what it says is as old as this fit
        FittedModel.objects.filter(pk=row.pk).update(fitted_at=at, figures=figures)
        row.refresh_from_db(fields=["fitted_at", "figures"])
    return row


def activate_model(*, version: str) -> FittedModel:
    """Make this version answer from now on. Problem `unknown-version`."""
    with transaction.atomic():
        # ordered locks: two people activating at once queue up here, and exactly one model stays active
        rows = {row.version: row.pk for row in FittedModel.objects.only("version").order_by("pk").select_for_update()}
        if version not in rows:
            raise Problem(
                "unknown-version", _("There is no fitted model of this version."), status=404, field="version"
            )
        FittedModel.objects.filter(active=True).exclude(pk=rows[version]).update(active=False)
        FittedModel.objects.filter(pk=rows[version]).update(active=True)
    return FittedModel.objects.defer("artefact", "refreshed", "track").get(pk=rows[version])


def refresh_records(*, at: datetime | None = None) -> FittedModel | None:
    """Bring the records of the active model up to the newest fact, without a refit. None where no model is active."""
    at = at or clock.now()
    row = FittedModel.objects.filter(active=True).first()
    if row is None:
        return None
    known = history().until(at)
    if not len(known):
        return row
    moment = datetime.fromtimestamp(known.last_fact, UTC) + timedelta(seconds=1)
    model = DeliveryModel.from_bytes(bytes(row.artefact)).refreshed(known, moment)
    # conditional: a refresh that read older facts must not replace one that read newer ones
    FittedModel.objects.filter(pk=row.pk, facts_until__lte=moment).update(
        refreshed=model.to_bytes(), refreshed_at=at, facts_until=moment, track=the_track(known)
    )
    row.refresh_from_db(fields=["refreshed_at", "facts_until"])
    return row
