"""Reads of the settings row and the places."""

from vafa.shop.queries.names import (
    city_names,
    first_names,
    is_among,
    listed_cities,
    place_name,
    regions_called,
    unnamed_places,
)
from vafa.shop.queries.page_texts import page_text, page_texts
from vafa.shop.queries.places import (
    find_place,
    nearest_names,
    places_by_code,
    spellings_of,
    stated_by_every_name,
    whole_place,
    whole_places,
)
from vafa.shop.queries.settings import (
    closed_days,
    countries_with_holidays,
    once_in_a_request,
    preferences_of,
    public_holidays_of,
    remembered,
    shop_name,
    stated_times,
    the_shop,
    working_calendar,
)

__all__ = [
    "city_names",
    "closed_days",
    "countries_with_holidays",
    "find_place",
    "first_names",
    "is_among",
    "listed_cities",
    "nearest_names",
    "once_in_a_request",
    "page_text",
    "page_texts",
    "place_name",
    "places_by_code",
    "preferences_of",
    "public_holidays_of",
    "regions_called",
    "remembered",
    "shop_name",
    "spellings_of",
    "stated_by_every_name",
    "stated_times",
    "the_shop",
    "unnamed_places",
    "whole_place",
    "whole_places",
    "working_calendar",
]
