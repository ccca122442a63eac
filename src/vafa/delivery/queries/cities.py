"""The city → days table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count

from vafa.delivery.city_table import Cell, CityTable, Row, days_for_any_day
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries.options import options
from vafa.delivery.queries.sources import curves_for
from vafa.engine.curve import Curve
from vafa.engine.decision import LEAST_EVIDENCE
from vafa.engine.folding import fold
from vafa.engine.history import Place, Question
from vafa.orders.models import Order
from vafa.shop.queries import find_place, is_among, spellings_of, stated_times, the_shop, whole_place, whole_places

SHOWN = 20
LEAST_ORDERS = 5  # with fewer to a city, its number of days would be that of others
WEEK = [timedelta(days=day) for day in range(7)]


@dataclass(frozen=True)
class Listed:
    """A place of the table and how many orders went there; the place without a name is everywhere else."""

    place: Place
    orders: int

    @property
    def is_elsewhere(self) -> bool:
        """Whether all places that are not listed are meant."""
        return not (self.place.city or self.place.code)


def city_table(at: datetime, *, shown: int = SHOWN) -> CityTable:
    """The cities with most orders, then those the owner has stated times for and "elsewhere" if he has stated one: each
    with its honest number of days by every option.
    """
    shop = the_shop()
    offered = options()
    listed = [Listed(place, orders) for place, orders in busiest_cities(shown)]
    listed += _stated(listed)
    questions = [
        Question(asked_at=at + day, destination=each.place, option=option.code)
        for each in listed
        for option in offered
        for day in WEEK
    ]
    curves = curves_for(questions, at) if questions else []
    rows = []
    for number, each in enumerate(listed):
        first = number * len(offered) * len(WEEK)
        mine = curves[first : first + len(offered) * len(WEEK)]
        cells = _cells(mine, offered, each, shop.target_probability)
        rows.append(Row(each.place.city or each.place.code, each.orders, cells, each.is_elsewhere))
    made_on = at.astimezone(ZoneInfo(shop.zone)).date()
    return CityTable(made_on, shop.target_probability, tuple((o.code, o.name) for o in offered), tuple(rows))


def _stated(listed: Sequence[Listed]) -> list[Listed]:
    """Places with a stated time that are not listed yet, in the owner's order; "elsewhere" at the end."""
    known = {spelled for each in listed for name in _names(each.place) for spelled in spellings_of(name)}
    found: dict[str, Listed] = {}
    for stated in sorted(stated_times(), key=lambda each: not each.place):
        if fold(stated.place) in known or fold(stated.place) in found:
            continue
        place = find_place(stated.place) if stated.place else None
        where = whole_place(place) if place is not None else Place(code=stated.place, city=stated.place)
        found[fold(stated.place)] = Listed(where, 0)
    return sorted(found.values(), key=lambda each: each.is_elsewhere)


def _names(place: Place) -> tuple[str, ...]:
    return tuple(name for name in (place.city, place.code) if name)


def _cells(
    curves: Sequence[Curve | None], offered: Sequence[DeliveryOption], listed: Listed, caution: float
) -> tuple[Cell, ...]:
    place = listed.place
    cells = []
    for number, option in enumerate(offered):
        known = [curve for curve in curves[number * 7 : number * 7 + 7] if curve is not None]
        serves = not option.regions or is_among(place, option.regions)
        can_say = serves and _carries(known, listed)
        cells.append(days_for_any_day(known, caution) if can_say else Cell(None, is_served=serves))
    return tuple(
        replace(cell, days=max(cell.days, option.minimum_days)) if cell.days is not None else cell
        for cell, option in zip(cells, offered, strict=True)
    )


def _carries(curves: Sequence[Curve], listed: Listed) -> bool:
    """Enough orders to the city itself, or the owner's own statement about it."""
    if len(curves) < len(WEEK):
        return False
    if listed.orders == 0 or all(curve.basis == "stated" for curve in curves):
        return True
    return listed.orders >= LEAST_ORDERS and all(curve.evidence >= LEAST_EVIDENCE for curve in curves)


def busiest_cities(shown: int) -> list[tuple[Place, int]]:
    """The cities most orders went to, each by its busiest place; places without a city stand for themselves."""
    counted = Order.objects.filter(place__isnull=False, cancelled=False).order_by().values_list("place_id")
    by_place = dict(counted.annotate(orders=Count("pk")))
    places = whole_places()
    orders: Counter[tuple[str, str]] = Counter()
    members: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for pk, count in by_place.items():
        key = (fold(places[pk].city) or places[pk].code, places[pk].region)
        orders[key] += count
        members[key].append((count, pk))
    return [(places[max(members[key])[1]], count) for key, count in orders.most_common(shown)]
