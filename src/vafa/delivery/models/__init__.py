"""Tables of the delivery room."""

from vafa.delivery.models.parcels import (
    Assumption,
    BacktestRun,
    ClaimAlert,
    ClaimCheck,
    DeliveryOption,
    FittedModel,
    GuaranteeCost,
    Parcel,
    PooledHistory,
    PromiseRequest,
    Quote,
    TrackingEvent,
    every_day,
)
from vafa.delivery.models.watch import Choice, Decision, Notice, NoticeState, Slip, ToWatch, Watched, WatchRules

__all__ = [
    "Assumption",
    "BacktestRun",
    "Choice",
    "ClaimAlert",
    "ClaimCheck",
    "Decision",
    "DeliveryOption",
    "FittedModel",
    "GuaranteeCost",
    "Notice",
    "NoticeState",
    "Parcel",
    "PooledHistory",
    "PromiseRequest",
    "Quote",
    "Slip",
    "ToWatch",
    "TrackingEvent",
    "WatchRules",
    "Watched",
    "every_day",
]
