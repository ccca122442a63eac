"""What a duration model looks at: one row of fixed features per parcel and stretch."""

from __future__ import annotations

import numpy as np

from vafa.engine.clock import weekday
from vafa.engine.history import Facts, FloatArray
from vafa.engine.local_days import local_time
from vafa.engine.records import COLUMNS

EARTH_RADIUS_KM = 6371.0
PARCEL = (
    "distance",
    "same_region",
    "weight",
    "volume",
    "price",
    "freight",
    "items",
    "weekday",
    "hour",
    "month_day",
    "freight_share",
    "latitude",
    "longitude",
    "origin_latitude",
    "origin_longitude",
)
ALL = (*PARCEL, *COLUMNS)
# The level of the whole network in the last weeks is left out on purpose: with a year or two of history a
# tree takes it for a date and learns that date by heart; so are short memories of regions and lanes.
# `drift` handles them with two numbers instead.
HANDLING = (
    *("weekday", "hour", "weight", "volume", "price", "freight", "items", "same_region"),
    *("origin_latitude", "origin_longitude", "handling_seller", "handling_seller_long"),
    *("handling_category", "payment_lag", "count_handling_seller", "count_handling_seller_long"),
    *("waiting", "waiting_age", "busier_seller", "volume_seller"),
)
TRANSIT = (
    *("weekday", "distance", "same_region", "weight", "volume", "price", "freight", "freight_share"),
    *("latitude", "longitude", "origin_latitude", "origin_longitude", "transit_lane_long"),
    *("transit_area", "transit_city", "transit_seller_region"),
    *("count_transit_area", "count_transit_seller", "count_transit_seller_region"),
)
WHOLE = (*HANDLING, *(name for name in TRANSIT if name not in HANDLING))


def columns(names: tuple[str, ...]) -> list[int]:
    """Where the named features are among ALL."""
    return [ALL.index(name) for name in names]


def distance_km(facts: Facts) -> FloatArray:
    """Great-circle distance between origin and destination (haversine), km; nan where a point is unknown."""
    phi, psi = np.radians(facts.latitude), np.radians(facts.origin_latitude)
    east = np.radians(facts.longitude - facts.origin_longitude)
    half = np.sin((phi - psi) / 2) ** 2 + np.cos(phi) * np.cos(psi) * np.sin(east / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half)))


def _log(amount: FloatArray) -> FloatArray:
    """log(1 + amount); amounts below zero count as zero."""
    return np.log1p(np.maximum(amount, 0.0))


def features_of(facts: Facts, said: FloatArray, zone: str) -> FloatArray:
    """All features (n, len(ALL)) of parcels; `said` (n, len(COLUMNS)) is what the records said of them.

    Nothing that is known only after the order: no approval, no status, no promise of the shop's own.
    """
    local = local_time(facts.asked, zone)
    day = np.floor(local)
    first = day.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.float64)
    parcel = [
        distance_km(facts),
        (facts.destination_region == facts.origin_region).astype(np.float64),
        _log(facts.weight_g),
        _log(facts.volume_cm3),
        _log(facts.price),
        _log(facts.freight),
        facts.items,
        weekday(day),
        (local - day) * 24,
        day - first,
        _log(facts.freight) - _log(facts.price),
        facts.latitude,
        facts.longitude,
        facts.origin_latitude,
        facts.origin_longitude,
    ]
    return np.concatenate([np.stack([np.asarray(each) for each in parcel], axis=1), said], axis=1)
