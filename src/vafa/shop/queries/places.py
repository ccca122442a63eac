"""Reads of the places: found by code and by name, completed, suggested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from django.db.models import Case, Q, QuerySet, When

from vafa.engine import history
from vafa.engine.folding import fold
from vafa.engine.stated import StatedTime
from vafa.shop.models import Place
from vafa.shop.naming import squashed
from vafa.shop.queries.names import FirstNames, first_name, first_names_of
from vafa.shop.queries.settings import stated_times, the_shop

ALIKE = 0.7  # of 1: names less alike than this are not suggested
FEW_ENOUGH = 20


def stated_by_every_name() -> list[StatedTime]:
    """What the owner believes, once for every name of a stated city: a statement about Shiraz is one about شیراز. What
    is stated by a name itself comes last, so it counts where two rows mean one city.
    """
    stated, naming = stated_times(), the_shop().naming
    others = [
        replace(each, place=name) for each in stated for name in naming.names_of(each.place) if name != each.place
    ]
    return [*others, *stated]


def find_place(code_or_city: str) -> Place | None:
    """The place with this code, else one in the city of this name; None where neither is known.

    A name is found in any spelling, in the other scripts where it is listed or named by the owner, and by what
    else the place was called. Of several in the city one whose region is known comes first: a lone postal code says
    little.
    """
    wanted = code_or_city.strip()
    if not wanted or "\x00" in wanted:  # PostgreSQL refuses the zero character even in a question
        return None
    names = spellings_of(wanted)
    return _best(Place.objects.filter(Q(code=wanted) | Q(city_folded__in=names)), wanted) or _best(
        Place.objects.filter(names__folded__in=names), wanted
    )


def _best(places: QuerySet[Place], code: str) -> Place | None:
    return places.order_by(Case(When(code=code, then=0), When(region="", then=2), default=1), "code").first()


def spellings_of(city: str) -> list[str]:
    """All names of a city, folded, for looking it up."""
    return sorted({fold(name) for name in (city, *the_shop().naming.names_of(city))})


def nearest_names(name: str, also: Iterable[str] = (), most: int = 3) -> list[str]:
    """Known cities whose names look like this one, the likeliest first; `also`: names beside those of the places."""
    cities = Place.objects.exclude(city="").order_by("city").values_list("city", flat=True).distinct()
    names_of = the_shop().naming.names_of
    by_key = {squashed(spelled): city for city in (*cities, *also) if city for spelled in (*names_of(city), city)}
    keys = get_close_matches(squashed(name), by_key, n=3 * most, cutoff=ALIKE)
    return list(dict.fromkeys(by_key[key] for key in keys))[:most]


def whole_place(place: Place) -> history.Place:
    """The place as the numbers know it: a city or region that was imported under several names has the first of them.

    An import may carry no regions: a city's region is then taken from the places of the same name, where they all lie
    in one.
    """
    found = place.for_engine()
    city, region = first_names_of(place)
    found = replace(found, city=city, region=region)
    if found.region or not found.city:
        return found
    same = Place.objects.filter(city_folded__in=spellings_of(found.city)).exclude(region="")
    known = same.values_list("city", "region", "country").distinct()[:FEW_ENOUGH]
    named = {(first_name("city", city), first_name("region", region), country) for city, region, country in known}
    return _completed(found, sorted(named))


def whole_places() -> dict[int, history.Place]:
    """Every place by primary key, as `whole_place` gives it."""
    naming = the_shop().naming
    fields = ("pk", "code", "city", "region", "country", "latitude", "longitude")
    rows = Place.objects.order_by("pk").values_list(*fields).iterator(chunk_size=5000)
    cities, regions = FirstNames(naming), FirstNames(naming)
    named = {
        pk: history.Place(code, cities.first(city), regions.first(region), *others)
        for pk, code, city, region, *others in rows
    }
    known: dict[str, set[tuple[str, str, str]]] = {}
    for place in named.values():
        if place.city and place.region:
            known.setdefault(naming.key(place.city), set()).add((place.city, place.region, place.country))
    return {
        pk: place
        if place.region or not place.city
        else _completed(place, sorted(known.get(naming.key(place.city), ())))
        for pk, place in named.items()
    }


def _completed(place: history.Place, known: Sequence[tuple[str, str, str]]) -> history.Place:
    """With the region of the places `known` by its name, if it is but one."""
    if len({region for _city, region, _country in known}) != 1:
        return place
    city, region, country = known[0]
    return replace(place, city=city, region=region, country=place.country or country)


def places_by_code(codes: Iterable[str]) -> dict[str, Place]:
    """The known ones among `codes`."""
    return Place.objects.in_bulk([code for code in set(codes) if "\x00" not in code], field_name="code")
