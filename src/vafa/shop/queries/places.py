"""Reads of the places: found by code and by name, completed, suggested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from django.db.models import Case, QuerySet, When

from vafa.engine import history
from vafa.engine.folding import fold
from vafa.engine.stated import StatedTime
from vafa.shop.city_names import name_in, other_names, squashed
from vafa.shop.models import Place
from vafa.shop.queries.settings import stated_times
from vafa.shop.region_names import names_of_place

ALIKE = 0.7  # of 1: names less alike than this are not suggested
FEW_ENOUGH = 20


def stated_by_every_name() -> list[StatedTime]:
    """What the owner believes, once for every name of a stated city: a statement about Shiraz is one about شیراز. What
    is stated by a name itself comes last, so it counts where two rows mean one city.
    """
    stated = stated_times()
    others = [replace(each, place=name) for each in stated for name in other_names(each.place) if name != each.place]
    return [*others, *stated]


def find_place(code_or_city: str) -> Place | None:
    """The place with this code, else one in the city of this name; None where neither is known.

    A name is found in any spelling, in the other scripts where the city is listed (`city_names`), and by what else the
    place was called. Of several in the city one whose region is known comes first: a lone postal code says little.
    """
    wanted = code_or_city.strip()
    if not wanted or "\x00" in wanted:  # PostgreSQL refuses the zero character even in a question
        return None
    names = spellings_of(wanted)
    by_code = Place.objects.filter(code=wanted).first()
    return (
        by_code
        or _best(Place.objects.filter(city_folded__in=names))
        or _best(Place.objects.filter(names__folded__in=names))
    )


def _best(places: QuerySet[Place]) -> Place | None:
    return places.order_by(Case(When(region="", then=1), default=0), "code").first()


def spellings_of(city: str) -> list[str]:
    """All names of a city, folded, for looking it up."""
    return sorted({fold(name) for name in (city, *other_names(city))})


def nearest_names(name: str, also: Iterable[str] = (), most: int = 3) -> list[str]:
    """Known cities whose names look like this one, the likeliest first; `also`: names beside those of the places."""
    cities = Place.objects.exclude(city="").order_by("city").values_list("city", flat=True).distinct()
    by_key = {squashed(spelled): city for city in (*cities, *also) if city for spelled in (*other_names(city), city)}
    keys = get_close_matches(squashed(name), by_key, n=3 * most, cutoff=ALIKE)
    return list(dict.fromkeys(by_key[key] for key in keys))[:most]


def recorded_region(name: str) -> str:
    """A region as the orders have it, whichever of its names was typed; what was typed where no order went there."""
    names = (name, *names_of_place(name))
    known = set(Place.objects.filter(region__in=names).values_list("region", flat=True).distinct())
    return next((each for each in names if each in known), name)


def city_names(language: str, most: int = 300) -> list[str]:
    """Names of the known cities in a language where they are listed in it, else as they were imported, sorted."""
    cities = Place.objects.exclude(city="").order_by("city").values_list("city", flat=True).distinct()[:most]
    return sorted({name_in(city, language) for city in cities})


def whole_place(place: Place) -> history.Place:
    """The place as the numbers know it. An import may carry no regions: a city's region is then taken from the places
    of the same name, where they all lie in one.
    """
    if place.region or not place.city:
        return place.for_engine()
    same = Place.objects.filter(city_folded__in=spellings_of(place.city)).exclude(region="")
    return _completed(place.for_engine(), list(same.values_list("city", "region", "country").distinct()[:FEW_ENOUGH]))


def whole_places() -> dict[int, history.Place]:
    """Every place by primary key, as `whole_place` gives it."""
    fields = ("pk", "code", "city", "region", "country", "latitude", "longitude")
    rows = {row[0]: history.Place(*row[1:]) for row in Place.objects.values_list(*fields).iterator(chunk_size=5000)}
    cities: dict[str, set[tuple[str, str, str]]] = {}
    for place in rows.values():
        if place.city and place.region:
            cities.setdefault(_city_key(place.city), set()).add((place.city, place.region, place.country))
    return {
        pk: place
        if place.region or not place.city
        else _completed(place, sorted(cities.get(_city_key(place.city), ())))
        for pk, place in rows.items()
    }


def _city_key(city: str) -> str:
    return squashed(other_names(city)[0])


def _completed(place: history.Place, known: Sequence[tuple[str, str, str]]) -> history.Place:
    """With the region of the places `known` by its name, if it is but one."""
    if len({region for _city, region, _country in known}) != 1:
        return place
    city, region, country = known[0]
    return replace(place, city=city, region=region, country=place.country or country)


def places_by_code(codes: Iterable[str]) -> dict[str, Place]:
    """The known ones among `codes`."""
    return Place.objects.in_bulk([code for code in set(codes) if "\x00" not in code], field_name="code")
