"""The delivery duration model: fitted on a history, asked for curves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np

from vafa.engine.arrival import Asked, direct, sample_days, through_hand_over, to_every_day
from vafa.engine.calibration import Calibration, shifted
from vafa.engine.curve import Curve
from vafa.engine.drift import STALE, Drift, Moving, crowding, follow
from vafa.engine.features import ALL, features_of
from vafa.engine.fitting import WARM_UP, Fitted, fit_stretches
from vafa.engine.history import Facts, FloatArray, History, Question
from vafa.engine.local_days import DAY, day_of, local_time, seconds
from vafa.engine.records import Records, groups_of, replay
from vafa.engine.storage import pack, unpack
from vafa.engine.stretches import Seen

Progress = Callable[[float, str], None]


def fit(
    history: History,
    *,
    as_of: datetime,
    calendar: Set[date] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> DeliveryModel:
    """The model that the facts before `as_of` support.

    `calendar` is the set of holidays, past and coming. The same facts and `seed` give the same model.
    `progress` is told the share done and what is done now. ValueError without a single delivery.
    """
    known = history.until(as_of)
    tell = progress or (lambda share, text: None)
    tell(0.0, "records")
    records, said = replay(known)
    if not np.isfinite(known.delivered).any():
        raise ValueError("no order of the history had arrived by then, so there is nothing to learn from")
    features = features_of(known.facts, said, known.zone)
    fitted = fit_stretches(known, features, seconds(as_of), frozenset(calendar or ()), seed, tell)
    served = np.unique(groups_of(known.facts)["region"][np.isfinite(known.delivered)].astype(str), return_counts=True)
    evidence = dict(zip(served[0].tolist(), served[1].tolist(), strict=True))
    model = DeliveryModel(known.zone, fitted, records, Drift(), evidence)
    tell(0.95, "drift")
    model = replace(model, drift=model.drift_days(known, said, seconds(as_of), 1)[-1])
    tell(1.0, "done")
    return model


@dataclass(frozen=True, eq=False)
class DeliveryModel:
    """When parcels arrive. Immutable; `refreshed` gives one that knows newer facts."""

    zone: str
    fitted: Fitted
    records: Records
    drift: Drift
    evidence: dict[str, int]
    calibration: Calibration = field(default_factory=Calibration)

    @cached_property
    def version(self) -> str:
        """A digest of everything the model is made of."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:16]

    @property
    def horizon(self) -> int:
        """The last day that curves speak about, counted from the question."""
        return self.fitted.horizon

    def curve(self, question: Question) -> Curve:
        """The chance of arrival by the end of each day from the day of the question."""
        return self.curves([question])[0]

    def curves(self, questions: Sequence[Question]) -> list[Curve]:
        """Curves of many questions at once, in their order."""
        facts = Facts.of(questions)
        now = local_time(facts.asked, self.zone)
        placed = [q.asked_at if q.placed_at is None else min(q.placed_at, q.asked_at) for q in questions]
        handed = [np.nan if q.handed_over_at is None else seconds(q.handed_over_at) for q in questions]
        asked = Asked(
            now,
            local_time(np.array([seconds(each) for each in placed]), self.zone),
            np.minimum(local_time(np.array(handed), self.zone), now),
        )
        at_order = replace(facts, asked=np.array([seconds(each) for each in placed]))
        features = features_of(at_order, self.records.read_all(facts), self.zone)
        groups = groups_of(facts)
        regions = groups["region"]
        chances = self.chances(features, asked, self.drift.log_pace(groups, asked.day))
        if self.calibration.groups:
            chances = shifted(chances, self.calibration.shift(regions.tolist()))
        starts = asked.day.astype(int).tolist()
        return [
            Curve(day_of(day), by_day, float(self.evidence.get(region, 0)), "model", self.calibration.aim)
            for day, by_day, region in zip(starts, chances, regions, strict=True)
        ]

    def chances(self, features: FloatArray, asked: Asked, log_pace: FloatArray) -> FloatArray:
        """Chances (n, horizon + 1) by the end of each day from features (n, len(features.ALL))."""
        fitted = self.fitted.covering(asked)
        days = sample_days(self.horizon)
        last = fitted.last
        begun = asked.placed if fitted.handling is None else np.fmin(asked.handed, asked.now)  # not yet: now
        age = last.clock.at(asked.now) - last.clock.at(begun)
        crowded = crowding(features[:, ALL.index("surge")])
        log_last = last.paced(last.log_survival(features), log_pace + crowded, age)
        if fitted.handling is None:
            found = direct(last, log_last, asked.placed, asked, days)
        else:
            found = np.empty((len(features), len(days)))
            moving = np.isfinite(asked.handed)
            some = Asked(asked.now[moving], asked.placed[moving], asked.handed[moving])
            found[moving] = direct(last, log_last[moving], some.handed, some, days)
            some = Asked(asked.now[~moving], asked.placed[~moving], asked.handed[~moving])
            log_first = fitted.handling.log_survival(features[~moving])
            found[~moving] = through_hand_over(fitted.handling, last, (log_first, log_last[~moving]), some, days)
        every = np.clip(to_every_day(found, days), 0.0, 1.0)
        return np.asarray(np.maximum.accumulate(every, axis=1))

    def drift_days(self, history: History, said: FloatArray, moment: float, days: int) -> list[Drift]:
        """The drift at the start of `days` local days from that of `moment` (seconds since 1970) on.

        `said` (n, columns) is what the records said when each order was placed. Every day's drift uses
        only what happened before that day, whatever else the history holds.
        """
        first = int(np.floor(local_time(np.array([moment]), history.zone)[0]))
        warm_up = int(WARM_UP * self.fitted.last.grid.unit)
        since = moment - (warm_up + STALE * self.fitted.last.grid.unit) * DAY
        recent = (history.placed > since) & (history.placed < moment + days * DAY)
        rows = np.flatnonzero(recent)
        part = history.take(rows)
        seen = Seen.at(part, np.inf)
        begin = seen.placed if self.fitted.handling is None else seen.handed
        ends = np.where(np.isfinite(part.closed), local_time(part.closed, part.zone), np.inf)
        asked = Asked(seen.placed, seen.placed, seen.handed)
        last = self.fitted.covering(asked).last
        moving = Moving(
            begin=np.where(np.isfinite(begin), begin, np.inf),
            end=np.where(np.isfinite(seen.delivered), seen.delivered, ends),
            groups=groups_of(part.facts),
            log_survival=last.log_survival(features_of(part.facts, said[rows], part.zone)),
            grid=last.grid,
            clock=last.clock,
        )
        return list(follow(moving, first - warm_up, first + days - 1))[warm_up:]

    def refreshed(self, history: History, as_of: datetime) -> DeliveryModel:
        """The same trees with the records and the drift of the facts before `as_of`; takes about a second
        per 50,000 orders."""
        known = history.until(as_of)
        records, said = replay(known)
        drift = self.drift_days(known, said, seconds(as_of), 1)[-1]
        return replace(self, records=records, drift=drift)

    def calibrated(self, calibration: Calibration) -> DeliveryModel:
        """The same model with chances corrected by the outcomes of earlier promises; the groups of
        `calibration` are those of `records.groups_of(...)["region"]`, `Backtest.calibration` is one."""
        return replace(self, calibration=calibration)

    def to_bytes(self) -> bytes:
        """The model as bytes that `from_bytes` reads: arrays in npz form, no pickle, no clock."""
        arrays, about = self.fitted.as_plain()
        about |= {
            "calibration": self.calibration.as_plain(),
            "zone": self.zone,
            "records": self.records.as_plain(),
            "drift": self.drift.as_plain(),
        }
        return pack(arrays, {**about, "evidence": self.evidence})

    @classmethod
    def from_bytes(cls, data: bytes) -> DeliveryModel:
        """The model back from `to_bytes`; ValueError when the bytes are none."""
        arrays, about = unpack(data)
        records, drift = Records.from_plain(about["records"]), Drift.from_plain(about["drift"])
        fitted, calibration = Fitted.from_plain(arrays, about), Calibration.from_plain(about["calibration"])
        return cls(about["zone"], fitted, records, drift, about["evidence"], calibration)
