"""From chances on the clocks of the stretches to chances by the end of each calendar day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vafa.engine.clock import WorkClock
from vafa.engine.drift import carried
from vafa.engine.hazard import Grid, log_survival
from vafa.engine.history import FloatArray
from vafa.engine.trees import Trees

HANDED_AT = 0.7  # time of day of a typical hand-over, as a share of the day
DAILY_TO = 62  # days beyond are looked at every third day only
ROWS_AT_ONCE = 64
LASTING = 60.0  # days on the clock of a stretch after which a seen pace has faded to a third (1/e)


@dataclass(frozen=True, eq=False)
class Stretch:
    """One fitted stretch of the way: its clock, its steps, its trees and which features they look at."""

    clock: WorkClock
    grid: Grid
    bags: list[Trees]
    columns: list[int]
    spread: float = 0.0

    def log_survival(self, features: FloatArray) -> FloatArray:
        """Log chance to be open still at each node of the grid, (n, nodes)."""
        return log_survival(self.grid, self.bags, features[:, self.columns])

    def paced(self, log_open: FloatArray, log_pace: FloatArray, age: FloatArray) -> FloatArray:
        """The same when everything moves faster by exp(`log_pace`) (n,) at the `age` (n,) it has now, and ever more
        as usual from then on and once nearly all like it have arrived (see `drift.carried`); unsure by a gamma of
        variance `spread`: weeks differ by more than is known when a promise is made."""
        middle = (self.grid.nodes[:-1] + self.grid.nodes[1:]) / 2
        ahead = np.maximum(middle[None, :] - age[:, None], 0.0)
        felt = carried(np.exp((log_open[:, :-1] + log_open[:, 1:]) / 2)) * np.exp(-ahead / (LASTING * self.grid.unit))
        factor = np.exp(log_pace[:, None] * felt)
        expected = np.concatenate([np.zeros((len(age), 1)), np.cumsum(-np.diff(log_open) * factor, axis=1)], axis=1)
        if self.spread > 0:
            expected = np.log1p(self.spread * expected) / self.spread
        return np.asarray(-expected)


@dataclass(frozen=True, eq=False)
class Asked:
    """Moments of n questions in local days since 1970-01-01: now, placed (= now at checkout), handed (nan)."""

    now: FloatArray
    placed: FloatArray
    handed: FloatArray

    @property
    def day(self) -> FloatArray:
        """Local calendar day of the question."""
        return np.asarray(np.floor(self.now))


def sample_days(horizon: int) -> FloatArray:
    """The days from the question at which curves are computed; straight lines in between."""
    far = np.arange(min(DAILY_TO, horizon), horizon + 3, 3.0)
    return np.unique(np.minimum(np.concatenate([np.arange(min(DAILY_TO, horizon)), far]), horizon))


def to_every_day(chances: FloatArray, days: FloatArray) -> FloatArray:
    """Chances (n, days) at sampled days, by the end of every day 0..horizon."""
    every = np.arange(days[-1] + 1)
    step = np.clip(np.searchsorted(days, every, side="right") - 1, 0, max(len(days) - 2, 0))
    if len(days) == 1:
        return chances
    share = (every - days[step]) / (days[step + 1] - days[step])
    return np.asarray(chances[:, step] * (1 - share) + chances[:, step + 1] * share)


def direct(stretch: Stretch, log_open: FloatArray, begun: FloatArray, asked: Asked, days: FloatArray) -> FloatArray:
    """Chance that a stretch begun at `begun` has ended by the end of each of `days`, given it had not by now."""
    clock = stretch.clock
    began = clock.at(begun)[:, None]
    ends = clock.at_start(asked.day[:, None] + days[None, :] + 1) - began
    so_far = stretch.grid.at(log_open, clock.at(asked.now)[:, None] - began)
    return np.asarray(1.0 - np.exp(stretch.grid.at(log_open, ends) - so_far))


def hand_over_days(horizon: int) -> FloatArray:
    """Days from the question on which a hand-over is looked at; each stands for those since the one before."""
    steps = [*range(21), *range(22, 31, 2), *range(35, 61, 5), 75, 90, 120, 180, 270, 365]
    return np.array([step for step in steps if step <= horizon], dtype=np.float64)


def through_hand_over(
    handling: Stretch, transit: Stretch, log_open: tuple[FloatArray, FloatArray], asked: Asked, days: FloatArray
) -> FloatArray:
    """Chance of arrival by the end of each of `days` for orders not handed over yet, (n, days).

    The two stretches are convolved: every possible day of hand-over with the transit from there.
    """
    out_days = hand_over_days(int(days[-1]))
    handed = direct(handling, log_open[0], asked.placed, asked, out_days)
    share = np.diff(np.concatenate([np.zeros((len(handed), 1)), handed], axis=1), axis=1)
    arrived = 1.0 - np.exp(log_open[1])
    found = np.empty((len(handed), len(days)))
    for day in np.unique(asked.day):
        rows = np.flatnonzero(asked.day == day)
        ages = _transit_ages(transit.clock, float(day), out_days, days)
        step = np.minimum(transit.grid.step_of(ages), len(transit.grid.starts) - 1)
        low, high = transit.grid.nodes[step], transit.grid.nodes[step + 1]
        weight = np.clip((ages - low) / (high - low), 0.0, 1.0)
        low_share, high_share = np.where(ages >= 0, 1 - weight, 0.0), np.where(ages >= 0, weight, 0.0)
        for first in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[first : first + ROWS_AT_ONCE]
            then = arrived[some][:, step] * low_share + arrived[some][:, step + 1] * high_share
            found[some] = np.einsum("nk,nkd->nd", share[some], then)
    return found


def _transit_ages(clock: WorkClock, day: float, out_days: FloatArray, days: FloatArray) -> FloatArray:
    """Age of the transit (hand-over days, days) at the end of each of `days`; below 0 = not handed over yet."""
    handed = day + out_days
    left = clock.at_start(handed) + HANDED_AT * clock.brings(handed)
    ages = clock.at_start(day + days + 1)[None, :] - left[:, None]
    return np.asarray(np.where(days[None, :] >= out_days[:, None], np.maximum(ages, 0.0), -1.0))
