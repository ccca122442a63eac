"""Reads of what places are called: in a language, by every spelling, by the first one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from django.db.models import Count, Min, QuerySet, Subquery

from vafa.engine import history
from vafa.kit.clock import real_now
from vafa.shop import city_names as listed
from vafa.shop import memory
from vafa.shop.models import Place
from vafa.shop.naming import Named, Naming
from vafa.shop.queries.settings import the_shop

Field = Literal["city", "region"]


def place_name(name: str, language: str) -> str:
    """What a city or a region is called in a language (`fa`, `ar`, `en`); the name itself where nobody says it."""
    return the_shop().naming.name_in(name, language)


def regions_called(name: str) -> list[str]:
    """Every spelling of the region that is called so, those in the orders among them; this one where none is known."""
    naming = the_shop().naming
    recorded = Place.objects.exclude(region="").order_by("region").values_list("region", flat=True).distinct()
    key = naming.key(name)
    return sorted({name, *naming.names_of(name), *(region for region in recorded if naming.key(region) == key)})


def is_among(place: history.Place, named: Iterable[str]) -> bool:
    """Whether one of these names (or codes) means the place, its region or its country, in whatever spelling."""
    key = the_shop().naming.key
    own = {key(name) for name in (place.code, place.city, place.region, place.country) if name}
    return not own.isdisjoint(key(name) for name in named)


def city_names(language: str, most: int = 300) -> list[str]:
    """Names of the known cities in a language where they are named in it, else as they were imported, sorted.

    They are suggested only, so a city that came in this very minute may be missing.
    """
    stamp = f"{the_shop().stamp} {real_now():%F %H:%M}"
    return memory.remembered(f"shop.cities.{language}.{most}", stamp, lambda: _city_names(language, most))


def _city_names(language: str, most: int) -> list[str]:
    cities = Place.objects.exclude(city="").order_by("city").values_list("city", flat=True).distinct()[:most]
    naming = the_shop().naming
    return sorted({naming.name_in(city, language) for city in cities})


def listed_cities(language: str) -> list[str]:
    """What the cities of the list are called in a language, sorted."""
    lines = (line.split("|") for line in listed.NAMES.strip().splitlines())
    named = ({"fa": persian, "en": english, "ar": (others or [persian])[0]} for persian, english, *others in lines)
    return sorted({names.get(language, names["en"]) for names in named})


def unnamed_places(most: int) -> list[str]:
    """Cities and regions of the orders that are named in one language only, those with most codes first."""
    naming = the_shop().naming
    found: Counter[str] = Counter()
    for field in ("city", "region"):
        for name, codes in Place.objects.exclude(**{field: ""}).values_list(field).annotate(Count("pk")):
            if naming.place(name) is None:
                found[name] += codes
    return [name for name, _codes in sorted(found.items(), key=lambda each: (-each[1], each[0]))[:most]]


class FirstNames:
    """The names under which one city (or region) was imported, told in that order: the first stands for all.

    A place keeps the name its orders have had from the beginning: joining a second spelling changes nothing about the
    first, and a model fitted before goes on knowing it.
    """

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._firsts: dict[Named, str] = {}
        self._told: dict[str, str] = {}

    def first(self, name: str) -> str:
        """The first of the names that were told of this place."""
        if name not in self._told:
            place = self._naming.joined(name)
            self._told[name] = name if place is None else self._firsts.setdefault(place, name)
        return self._told[name]


def first_names(field: Field) -> FirstNames:
    """Those of the cities or the regions."""
    recorded = Place.objects.exclude(**{field: ""}).values_list(field).annotate(first=Min("pk")).order_by("first")
    found = FirstNames(the_shop().naming)
    for name, _first in recorded:
        found.first(name)
    return found


def first_name(field: Field, name: str) -> str:
    """As `FirstNames` has it, for one name."""
    recorded = _recorded(field, name)
    return name if recorded is None else recorded.first() or name


def first_names_of(place: Place) -> tuple[str, str]:
    """The first names of a place's city and region, asked for together."""
    asked = {"city": _recorded("city", place.city), "region": _recorded("region", place.region)}
    first = {f"first_{field}": Subquery(names[:1]) for field, names in asked.items() if names is not None}
    found = (Place.objects.filter(pk=place.pk).values(**first).first() if first else None) or {}
    return str(found.get("first_city") or place.city), str(found.get("first_region") or place.region)


def _recorded(field: Field, name: str) -> QuerySet[Place, str] | None:
    """What the city or region is called in the orders, the first name first; None where it has one name only."""
    place = the_shop().naming.joined(name)
    if place is None:
        return None
    recorded = Place.objects.filter(**{f"{field}_folded__in": place.folded}).order_by("pk")
    return recorded.values_list(field, flat=True)
