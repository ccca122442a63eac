"""The headline three and their breakdowns. Every figure can be had against the original and the current promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypedDict, Unpack

from django.db.models import Avg, Case, Count, F, FloatField, Q, QuerySet, When
from django.db.models.functions import Cast

from vafa.promises.kinds import all_kinds
from vafa.promises.models import Direction, Promise, State, Unit
from vafa.promises.models.promise import SETTLED

Against = Literal["current", "original"]
DAY_SECONDS = 86400.0


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
    settled = _settled(first_day, last_day, against, scope)
    return _headline(settled.aggregate(**_figures(against)))


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
    due = _due(against)
    days = _settled(first_day, last_day, against, scope).values(due).order_by(due).annotate(**_figures(against))
    periods: dict[date, list[dict[str, Any]]] = {}
    for row in days:
        periods.setdefault((start_of or month_of)(row[due]), []).append(row)
    return [Group(start, _headline(_summed(rows))) for start, rows in sorted(periods.items())]


def by_place(
    first_day: date | None = None,
    last_day: date | None = None,
    *,
    level: Literal["region", "place"] = "region",
    against: Against = "current",
    **scope: Unpack[Scope],
) -> list[Group]:
    """One headline for each region (or place), those with the most settled promises first; "" is the unknown one."""
    return _by(level, _settled(first_day, last_day, against, scope), against)


def by_seller(
    first_day: date | None = None, last_day: date | None = None, *, against: Against = "current", **scope: Unpack[Scope]
) -> list[Group]:
    """One headline for each seller, those with the most settled promises first."""
    return _by("seller", _settled(first_day, last_day, against, scope), against)


def by_kind(
    first_day: date | None = None, last_day: date | None = None, *, against: Against = "current", **scope: Unpack[Scope]
) -> list[Group]:
    """One headline for each kind, those with the most settled promises first."""
    return _by("kind", _settled(first_day, last_day, against, scope), against)


def month_of(day: date) -> date:
    """The first day of the Gregorian month."""
    return day.replace(day=1)


def _due(against: Against) -> str:
    return "due_on" if against == "current" else "original_due_on"


def _settled(first: date | None, last: date | None, against: Against, scope: Scope) -> QuerySet[Promise]:
    wanted: dict[str, Any] = {"direction": Direction.TO_CUSTOMER.value, "state__in": SETTLED}
    wanted |= {name: value for name, value in scope.items() if value}
    if first is not None:
        wanted[f"{_due(against)}__gte"] = first
    if last is not None:
        wanted[f"{_due(against)}__lte"] = last
    return Promise.objects.filter(**wanted)


def _margin(against: Against) -> Case:
    """The margin in days as SQL: calendar days for promises of a day, exact for promises of a moment."""
    prefix = "" if against == "current" else "original_"
    seconds = Cast(F(f"{prefix}margin_seconds"), FloatField()) / DAY_SECONDS
    days = Cast(F(f"{prefix}margin_days"), FloatField())
    return Case(When(unit=Unit.MOMENT, then=seconds), default=days, output_field=FloatField())


def _figures(against: Against) -> dict[str, Any]:
    prefix = "" if against == "current" else "original_"
    is_kept = Q(unit=Unit.DAY, **{f"{prefix}margin_days__gte": 0}) | Q(
        unit=Unit.MOMENT, **{f"{prefix}margin_seconds__gte": 0}
    )
    undecided = Q(pk__in=[])
    if against == "original":
        undecided = Q(state=State.BROKEN, fulfilled_at__isnull=True, original_due_at__gt=F("settled_at"))
    return {
        "all": Count("pk"),
        "kept": Count("pk", filter=is_kept),
        "exceeded": Count("pk", filter=_exceeded(prefix)),
        "padding": Avg(_margin(against), filter=is_kept),
        "undecided": Count("pk", filter=undecided),
    }


def _exceeded(prefix: str) -> Q:
    clearly = Q(pk__in=[])
    for each in all_kinds():
        if each.unit == Unit.DAY:
            clearly |= Q(kind=each.name, **{f"{prefix}margin_days__gte": each.exceeds.days})
        else:
            clearly |= Q(kind=each.name, **{f"{prefix}margin_seconds__gte": int(each.exceeds.total_seconds())})
    return clearly


def _by(field: str, settled: QuerySet[Promise], against: Against) -> list[Group]:
    rows = settled.values(field).annotate(**_figures(against)).order_by("-all", field)
    return [Group(row[field], _headline(row)) for row in rows]


def _headline(row: dict[str, Any]) -> Headline:
    return Headline(row["all"] - row["undecided"], row["kept"], row["exceeded"], row["padding"], row["undecided"])


def _summed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {name: sum(row[name] for row in rows) for name in ("all", "kept", "exceeded", "undecided")}
    given_away = sum(row["padding"] * row["kept"] for row in rows if row["kept"])
    return {**total, "padding": given_away / total["kept"] if total["kept"] else None}
