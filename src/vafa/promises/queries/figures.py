"""The headline three and their breakdowns. Every figure can be had against the original and the current promise.

By kind, direction and day they come from the daily totals, whose number does not grow with that of the promises; by
place, seller or origin from the promises themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypedDict, Unpack

from django.db.models import F, QuerySet, Sum

from vafa.promises.counting import due_field, figures
from vafa.promises.models import DayTotal, Direction, Promise, Unit
from vafa.promises.models.promise import SETTLED
from vafa.shop.queries import regions_called, the_shop

Against = Literal["current", "original"]
DAY_SECONDS = 86400.0
FIGURES = ("settled", "kept", "exceeded", "undecided")
IN_TOTALS = {"day", "kind", "direction"}


class Scope(TypedDict, total=False):
    """Which promises a figure is of. Empty text means all. `direction` defaults to promises to customers."""

    kind: str
    region: str
    place: str
    seller: str
    origin: str
    direction: str


@dataclass(frozen=True)
class Headline:
    """The headline three of the promises that fell due in a period.

    `settled` promises are kept or broken; `kept` and `exceeded` count among them; rates are shares of `settled`, 0 to
    1, None when nothing was settled. `padding_days` is the mean margin of the kept ones in days (calendar days for
    promises of a day), None when none was kept. `undecided`: broken against the current date while the original is
    still ahead.
    """

    settled: int
    kept: int
    exceeded: int
    padding_days: float | None
    undecided: int = 0

    @property
    def broken(self) -> int:
        return self.settled - self.kept

    @property
    def kept_rate(self) -> float | None:
        return self.kept / self.settled if self.settled else None

    @property
    def exceeded_rate(self) -> float | None:
        return self.exceeded / self.settled if self.settled else None


@dataclass(frozen=True)
class Group:
    """The headline of one month, place, seller or kind. `name` is a date for periods, else text."""

    name: Any
    headline: Headline


def headline(
    first_day: date | None = None, last_day: date | None = None, *, against: Against = "current", **scope: Unpack[Scope]
) -> Headline:
    """Figures of the promises due from `first_day` to `last_day`, both included (days of each promise's own zone)."""
    return headline_of(_rows([], first_day, last_day, against, scope))


def by_period(
    first_day: date,
    last_day: date,
    *,
    against: Against = "current",
    start_of: Callable[[date], date] | None = None,
    **scope: Unpack[Scope],
) -> list[Group]:
    """One headline for each period with settled promises, oldest first.

    `start_of` maps a due day to the first day of its period (default: the Gregorian month); any calendar will do.
    """
    start = start_of or month_of
    return _grouped(_rows(["day"], first_day, last_day, against, scope), lambda row: start(row["day"]))


def by_place(
    first_day: date | None = None,
    last_day: date | None = None,
    *,
    level: Literal["region", "place"] = "region",
    against: Against = "current",
    **scope: Unpack[Scope],
) -> list[Group]:
    """One headline for each region (or place), those with the most settled promises first; "" is the unknown one.

    Promises recorded under several names of one place are counted together, under the name that most of them have.
    """
    rows = _rows([level], first_day, last_day, against, scope)
    usual = _usual_names(rows, level)
    return _sorted(_grouped(rows, lambda row: usual[row[level]]))


def by_seller(
    first_day: date | None = None, last_day: date | None = None, *, against: Against = "current", **scope: Unpack[Scope]
) -> list[Group]:
    """One headline for each seller, those with the most settled promises first."""
    return _by("seller", first_day, last_day, against, scope)


def by_kind(
    first_day: date | None = None, last_day: date | None = None, *, against: Against = "current", **scope: Unpack[Scope]
) -> list[Group]:
    """One headline for each kind, those with the most settled promises first."""
    return _by("kind", first_day, last_day, against, scope)


def month_of(day: date) -> date:
    """The first day of the Gregorian month."""
    return day.replace(day=1)


def headline_of(rows: Iterable[dict[str, Any]]) -> Headline:
    """One headline of rows of counts, each of one unit."""
    sums = dict.fromkeys(FIGURES, 0)
    padding = 0.0
    for row in rows:
        for name in FIGURES:
            sums[name] += row[name]
        padding += row["padding"] / (DAY_SECONDS if row["unit"] == Unit.MOMENT else 1)
    return Headline(
        sums["settled"],
        sums["kept"],
        sums["exceeded"],
        padding / sums["kept"] if sums["kept"] else None,
        sums["undecided"],
    )


def _by(field: str, first: date | None, last: date | None, against: Against, scope: Scope) -> list[Group]:
    return _sorted(_grouped(_rows([field], first, last, against, scope), lambda row: row[field]))


def _usual_names(rows: Iterable[dict[str, Any]], level: str) -> dict[str, str]:
    """Each recorded name of a place with the one that most of its settled promises have."""
    naming = the_shop().naming
    settled: Counter[str] = Counter()
    for row in rows:
        settled[row[level]] += row["settled"]
    usual: dict[str, str] = {}
    for name, _count in sorted(settled.items(), key=lambda each: (-each[1], each[0])):
        place = naming.place(name)
        usual[name] = usual.setdefault(place.spellings[0], name) if place else name
    return usual


def _sorted(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-group.headline.settled - group.headline.undecided, group.name))


def _grouped(rows: Iterable[dict[str, Any]], name: Callable[[dict[str, Any]], Any]) -> list[Group]:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(name(row), []).append(row)
    found = [Group(name, headline_of(rows)) for name, rows in sorted(groups.items())]
    return [group for group in found if group.headline.settled or group.headline.undecided]


def _rows(
    by: Sequence[str], first: date | None, last: date | None, against: Against, scope: Scope
) -> list[dict[str, Any]]:
    """Counts grouped by `by` and by unit: from the daily totals, else from the promises themselves."""
    wanted: dict[str, Any] = {"direction": Direction.TO_CUSTOMER.value}
    wanted |= {name: value for name, value in scope.items() if value and name != "region"}
    if region := scope.get("region"):
        wanted["region__in"] = regions_called(region)
    if {*by, *wanted} <= IN_TOTALS:
        totals = _within("day", first, last, DayTotal.objects.filter(against=against, **wanted))
        return _dicts(
            totals.order_by().values(*by, "unit").annotate(**{name: Sum(name) for name in (*FIGURES, "padding")})
        )
    due = due_field(against)
    settled = _within(due, first, last, Promise.objects.filter(state__in=SETTLED, **wanted)).annotate(day=F(due))
    return _dicts(settled.order_by().values(*by, "unit").annotate(**figures(against)))


def _dicts(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def _within(field: str, first: date | None, last: date | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    if first is not None:
        rows = rows.filter(**{f"{field}__gte": first})
    if last is not None:
        rows = rows.filter(**{f"{field}__lte": last})
    return rows
