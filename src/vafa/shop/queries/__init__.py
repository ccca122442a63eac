"""Reads of the settings row and the places."""

from vafa.shop.queries.places import (
    city_names,
    find_place,
    nearest_names,
    places_by_code,
    recorded_region,
    spellings_of,
    stated_by_every_name,
    whole_place,
    whole_places,
)
from vafa.shop.queries.settings import (
    closed_days,
    countries_with_holidays,
    public_holidays_of,
    shop_name,
    stated_times,
    the_shop,
    working_calendar,
)
from vafa.shop.region_names import place_name

__all__ = [
    "city_names",
    "closed_days",
    "countries_with_holidays",
    "find_place",
    "nearest_names",
    "place_name",
    "places_by_code",
    "public_holidays_of",
    "recorded_region",
    "shop_name",
    "spellings_of",
    "stated_by_every_name",
    "stated_times",
    "the_shop",
    "whole_place",
    "whole_places",
    "working_calendar",
]
