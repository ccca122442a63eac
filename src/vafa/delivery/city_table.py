"""City to days: what a shop can honestly write on a page where no date can be computed for each customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from vafa.engine.aim import mean_aim
from vafa.engine.curve import Curve, widened


@dataclass(frozen=True)
class Cell:
    """Days for one city by one option, and how often so many days are kept; None where nothing can be said, or where
    the option does not go (`is_served` is then false).
    """

    days: int | None
    probability: float = 0.0
    is_served: bool = True


@dataclass(frozen=True)
class Row:
    """One city, or all places that are not listed (`is_elsewhere`). `orders` went there; `cells` follow the order of
    the options.
    """

    city: str
    orders: int
    cells: tuple[Cell, ...]
    is_elsewhere: bool = False

    @property
    def says_something(self) -> bool:
        """Whether any option has a number of days."""
        return any(cell.days is not None for cell in self.cells)


@dataclass(frozen=True)
class CityTable:
    """Made on `made_on` with the shop's caution. `options`: code and names by language."""

    made_on: date
    caution: float
    options: tuple[tuple[str, dict[str, str]], ...]
    rows: tuple[Row, ...]


def days_for_any_day(curves: Sequence[Curve], caution: float) -> Cell:
    """The number of days that is kept this often whatever weekday the order comes on: one curve for each weekday.

    A table cannot know the day of the order, so the weekdays count alike.
    """
    width = max(len(curve.by_day) for curve in curves)
    mean = np.mean([widened(curve.by_day, width) for curve in curves], axis=0)
    good = np.flatnonzero(mean >= mean_aim([curve.aim for curve in curves]).least(caution) - 1e-9)
    return Cell(int(good[0]), float(mean[good[0]])) if len(good) else Cell(None)
