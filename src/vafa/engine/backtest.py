"""Rolling-origin backtest: what would have been promised, knowing only what was known then."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from vafa.engine.arrival import Asked
from vafa.engine.backtest_report import Promises, place_table, report, scored_quotes
from vafa.engine.calibration import Calibrated, Calibration, calibrated_in_order
from vafa.engine.features import features_of
from vafa.engine.history import FloatArray, History
from vafa.engine.lateness import OpenPromises
from vafa.engine.local_days import DAY, local_time, moment_of
from vafa.engine.model import DeliveryModel, fit
from vafa.engine.outcomes import NEVER
from vafa.engine.records import groups_of, replay
from vafa.engine.watching import Looks, Watch, chances_late

WARM_UP_REFITS = 3
LEAST_LEARNED = 0.5  # share of `first_after` that must have passed before the first of these
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class BacktestOptions:
    """`score_from`: score only orders placed from that local day on. `every`: days between refits.
    `first_after`: days of history before the first scored order. `settle`: orders of the last days are not scored.
    `watch`: look at the shop's own open promises too, some days before they are due (see `vafa.engine.watching`).
    """

    score_from: date | None = None
    every: int = 28
    first_after: int = 240
    settle: int = 45
    calendar: Set[date] = frozenset()
    seed: int = 0
    watch: bool = False


@dataclass(frozen=True, eq=False)
class Backtest:
    """The promises of a backtest and what became of them; `calibration` is what their outcomes say at its end.

    `uncorrected` are the curves (n, days) of the same promises without any calibration: what adapting changed.
    """

    promises: Promises
    calibration: Calibration
    uncorrected: FloatArray
    watch: Watch | None = None

    def as_json(self) -> dict[str, Any]:
        """The report of the backtest; days are calendar days from the order, shares are fractions."""
        return report(self.promises) | ({} if self.watch is None else {"watch": self.watch.as_json()})

    def quotes(self) -> list[dict[str, str]]:
        """One row per scored order, from which every figure can be recomputed."""
        return scored_quotes(self.promises)


def backtest(history: History, *, options: BacktestOptions, progress: Progress | None = None) -> Backtest:
    """Refit every `options.every` days, quote the orders placed until the next refit.

    ValueError when the history is too short to score a single order.
    """
    tell = progress or (lambda share, text: None)
    if not len(history):
        raise ValueError("no order to score: the history is empty")
    askable = askable_orders(history, options)
    _, said = replay(history)
    score = history.placed[0] + options.first_after * DAY
    if options.score_from is not None:
        score = max(score, _day_start(history, options.score_from))
    # some refits earlier, so that the outcomes of those quotes have calibrated the first scored ones
    begin = max(
        score - WARM_UP_REFITS * options.every * DAY, history.placed[0] + options.first_after * DAY * LEAST_LEARNED
    )
    quotes = _Quotes(history, said, begin, askable)
    looks = Looks.of(history, np.flatnonzero(askable & (history.placed >= begin))) if options.watch else None
    stated = None if looks is None else OpenPromises.unknown(len(looks))
    until = history.placed[-1] if looks is None else history.last_fact
    origins = np.arange(begin, until, options.every * DAY)
    for count, origin in enumerate(origins):
        tell(count / len(origins), f"{moment_of(origin):%Y-%m-%d}")
        window = (origin, origin + options.every * DAY)
        rows = quotes.asked_in(window)
        look = np.zeros(0, dtype=np.int64) if looks is None else looks.asked_in(history.zone, window)
        if not len(rows) + len(look) or not (history.delivered < origin).any():
            continue
        model = fit(history, as_of=moment_of(origin), calendar=options.calendar, seed=options.seed)
        if len(rows):
            quotes.ask(model, origin, rows, options.every)
        if looks is not None and stated is not None and len(look):
            stated = stated.with_rows(look, chances_late(model, history, said, origin, looks.take(look)))
    tell(1.0, "done")
    return _scored(history, quotes, score, looks, stated)


class _Quotes:
    """The curves of all quotes of a run, and what the plain table of places would have said."""

    def __init__(self, history: History, said: FloatArray, begin: float, settled: NDArray[np.bool_]) -> None:
        self.history, self.said, self.settled = history, said, settled
        # the newest are not settled and so not scored, but what became of them until now teaches the calibration
        self.askable = _has_ends(history) & (history.placed >= begin)
        self.curves, self.asked = np.zeros((len(history), 1)), np.zeros(len(history), dtype=np.bool_)
        self.table = np.full((len(history), 101), np.nan)

    def asked_in(self, window: tuple[float, float]) -> NDArray[np.int64]:
        placed = self.history.placed
        return np.flatnonzero((placed >= window[0]) & (placed < window[1]) & self.askable)

    def ask(self, model: DeliveryModel, origin: float, rows: NDArray[np.int64], days: int) -> None:
        self.asked[rows] = True
        self.curves = _store(self.curves, rows, quote(model, self.history, self.said, origin, rows, days))
        self.table[rows] = place_table(self.history, origin, rows)


def _scored(
    history: History, quotes: _Quotes, score: float, looks: Looks | None, stated: OpenPromises | None
) -> Backtest:
    rows = np.flatnonzero(quotes.asked)
    found = _calibrated(history, rows, quotes.curves[rows])
    these = (history.placed[rows] >= score) & ~history.cancelled[rows] & quotes.settled[rows]
    if not these.any():
        raise ValueError("no order to score: the history is too short for these options")
    day = np.floor(local_time(history.placed[rows[these]], history.zone))
    promises = Promises(history, rows[these], day, found.curves[these], quotes.table[rows[these]], found.aims[these])
    watch = None
    if looks is not None and stated is not None:
        known = np.isfinite(stated.chance)
        counted = np.isin(looks.row[known], rows[these])
        watch = Watch.of(history, looks.take(known), stated.take(known), counted)
    return Backtest(promises, found.state, quotes.curves[rows[these]], watch)


def _calibrated(history: History, rows: NDArray[np.int64], curves: FloatArray) -> Calibrated:
    """The curves of some orders, each corrected by the outcomes known on its day.

    Cancelled orders count like all others until their closing: at the time nobody knew.
    """
    day = np.floor(local_time(history.placed[rows], history.zone))
    took, left = (
        np.nan_to_num(np.floor(local_time(times[rows], history.zone)) - day, nan=NEVER)
        for times in (history.delivered, history.closed)
    )
    regions = groups_of(history.facts.take(rows))["region"]
    today = float(np.floor(local_time(np.array([history.last_fact]), history.zone)[0]))
    return calibrated_in_order(curves, day, took, regions.tolist(), left, today)


def quote(
    model: DeliveryModel, history: History, said: FloatArray, origin: float, rows: NDArray[np.int64], days: int
) -> FloatArray:
    """Curves of orders placed within `days` from `origin`, each with the drift at the start of its day."""
    facts = history.facts.take(rows)
    placed = local_time(facts.asked, history.zone)
    drifts = model.drift_days(history, said, origin, days + 1)
    groups = groups_of(facts)
    log_pace = np.zeros(len(rows))
    for drift in drifts:
        these = np.floor(placed) == drift.day
        own = {name: group[these] for name, group in groups.items()}
        log_pace[these] = drift.log_pace(own, np.floor(placed[these]))
    asked = Asked(placed, placed, np.full(len(rows), np.nan))
    return model.chances(features_of(facts, said[rows], history.zone), asked, log_pace)


def _day_start(history: History, day: date) -> float:
    return datetime.combine(day, time(), ZoneInfo(history.zone)).timestamp()


def askable_orders(history: History, options: BacktestOptions) -> NDArray[np.bool_]:
    """Orders with a place and a seller, placed early enough to be settled by now; those of them that were
    not cancelled are scored."""
    early = history.placed <= history.last_fact - options.settle * DAY
    return np.asarray(_has_ends(history) & early, dtype=np.bool_)


def _has_ends(history: History) -> NDArray[np.bool_]:
    facts = history.facts
    placed = (facts.destination_code != "") | (facts.destination_region != "")
    return np.asarray(placed & (facts.seller != ""), dtype=np.bool_)


def _store(curves: FloatArray, rows: NDArray[np.int64], found: FloatArray) -> FloatArray:
    """Put the curves of some orders in place; shorter curves stay at their last value."""
    width = max(curves.shape[1], found.shape[1])
    wide = np.concatenate([curves, np.repeat(curves[:, -1:], width - curves.shape[1], axis=1)], axis=1)
    wide[rows] = np.concatenate([found, np.repeat(found[:, -1:], width - found.shape[1], axis=1)], axis=1)
    return wide
