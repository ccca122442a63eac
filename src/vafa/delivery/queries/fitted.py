"""The fitted models, and the active one loaded once per process."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from vafa.delivery.models import FittedModel
from vafa.engine.model import DeliveryModel
from vafa.kit.prepared import Prepared
from vafa.shop.queries import the_shop

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ActiveModel:
    """The model that answers now. `facts_until`: what it knows, at the fit or the last refresh, aware UTC."""

    version: str
    facts_until: datetime
    refreshed_at: datetime | None
    figures: dict[str, Any]
    track: dict[str, Any]
    model: DeliveryModel


_STAMP = Prepared(lambda: FittedModel.objects.filter(active=True).values_list("version", "refreshed_at"))
_loaded: ActiveModel | None = None
_unreadable: tuple[str, datetime | None] | None = None
_loading = threading.Lock()


def active_model() -> ActiveModel | None:
    """The active model, read from the database only when another one has become active or its records are newer."""
    global _loaded, _unreadable
    stamp = next(iter(_STAMP.rows()), None)
    if stamp is None or stamp == _unreadable:
        return None
    loaded = _loaded
    if loaded is not None and (loaded.version, loaded.refreshed_at) == stamp:
        return loaded
    with _loading:
        if _loaded is None or (_loaded.version, _loaded.refreshed_at) != stamp:
            _loaded = _load(stamp[0])
            _unreadable = stamp if _loaded is None else None
        return _loaded


def _load(version: str) -> ActiveModel | None:
    row = FittedModel.objects.filter(version=version).first()
    model = _read(row, bytes(row.refreshed or row.artefact)) if row is not None else None
    if row is None or model is None:
        return None
    return ActiveModel(row.version, row.facts_until, row.refreshed_at, row.figures, row.track, model)


def model_learned_by(at: datetime) -> tuple[FittedModel, DeliveryModel] | None:
    """The newest model that was fitted only on facts before `at`, with the records of its fit."""
    row = FittedModel.objects.filter(learned_until__lte=at).order_by("-learned_until", "-id").first()
    model = _read(row, bytes(row.artefact)) if row is not None else None
    return None if row is None or model is None else (row, model)


def _read(row: FittedModel, artefact: bytes) -> DeliveryModel | None:
    try:
        return DeliveryModel.from_bytes(artefact)
    except Exception as fault:
        log.warning("Model %s cannot be read (%r); the pooled history answers. Fit a new one.", row.version, fault)
        return None


def fitted_models() -> QuerySet[FittedModel]:
    """Every version without its bytes, newest first."""
    return FittedModel.objects.defer("artefact", "refreshed", "track").order_by("-fitted_at", "-id")


def at_the_shops_caution(row: FittedModel) -> dict[str, float]:
    """The version's measured point at the shop's caution (see figures.point_of); empty where it was not measured."""
    caution = the_shop().target_probability
    points: list[dict[str, float]] = row.figures.get("frontier", [])
    return min(points, key=lambda point: abs(point["caution"] - caution), default={})
