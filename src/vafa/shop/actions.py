"""Changes of the settings row and the places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from itertools import islice
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from vafa.engine import history
from vafa.engine.folding import fold
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.shop import memory
from vafa.shop.models import InfoPage, PageText, Place, PlaceName, Shop, new_stamp

PLACES_AT_ONCE = 1000
MOST_NAMES = 5


class Settings(TypedDict, total=False):
    """What may be changed; the meaning of each is written at the model."""

    name: str
    address: str
    tax_number: str
    city: str
    zone: str
    languages: list[str]
    default_language: str
    currency: str
    shows_toman: bool
    shows_hijri: bool
    working_week: dict[str, list[list[str]]]
    holiday_country: str
    holidays_added: list[str]
    holidays_removed: list[str]
    cut_off: time
    stated_times: list[dict[str, Any]]
    place_names: list[dict[str, str]]
    target_probability: float
    publishes_record: bool
    simulated: bool


@transaction.atomic
def save_settings(**changes: Unpack[Settings]) -> Shop:
    """Change some of the settings and keep the rest. Problem `bad-setting` with its field when one cannot be."""
    shop = locked_shop()
    for name, value in changes.items():
        setattr(shop, name, value)
    try:
        shop.full_clean()
    except ValidationError as refused:
        field, messages = next(iter(refused.message_dict.items()))
        raise Problem("bad-setting", messages[0], status=422, field=field) from None
    shop.stamp = new_stamp()
    shop.save(update_fields=[*changes, "stamp"] if changes else None)
    memory.forget()
    return shop


@transaction.atomic
def save_page_texts(page: InfoPage, words: Mapping[str, str]) -> None:
    """The owner's words {language: text} on a page, all of them at once; an empty text takes its language away."""
    locked_shop()
    said = {language: text.strip() for language, text in words.items()}
    PageText.objects.filter(page=page, language__in=said).delete()
    PageText.objects.bulk_create(
        PageText(page=page, language=language, words=text) for language, text in said.items() if text
    )
    stamp_shop()


@transaction.atomic
def move_clock(by: timedelta) -> None:
    """Move the business time of a simulated shop; every process follows within half a second of the commit.

    Problem `not-simulated` (409): the clock of a real shop is never moved (the database refuses it too).
    """
    shop = locked_shop()
    if not shop.simulated:
        raise Problem("not-simulated", _("Only the time of a simulated shop can be moved."), status=409)
    Shop.objects.filter(pk=1).update(clock_moved=shop.clock_moved + by)
    memory.forget()
    transaction.on_commit(clock.look_again)


def stamp_shop() -> None:
    """Say that something which processes remember has changed. Runs in the caller's transaction."""
    Shop.objects.bulk_create([Shop()], ignore_conflicts=True)
    Shop.objects.filter(pk=1).update(stamp=new_stamp())
    memory.forget()


def locked_shop() -> Shop:
    """The settings row, made when absent, locked until the caller's transaction ends.

    Also the lock for decisions that only one process may take at a time, such as who becomes the first owner.
    """
    Shop.objects.bulk_create([Shop()], ignore_conflicts=True)
    return Shop.objects.select_for_update().get(pk=1)


def remember_places(places: Iterable[history.Place]) -> int:
    """Add the places whose code is not known yet, leave the known ones as they are; how many were added.

    A known place that is called otherwise here is found by that name too. Written in portions, each its own short
    transaction unless the caller has one open.
    """
    source, added = iter(places), 0
    while portion := {place.code: place for place in islice(source, PLACES_AT_ONCE)}:
        known = {place.code: place for place in Place.objects.filter(code__in=portion)}
        fresh = [_row(place) for code, place in portion.items() if code not in known]
        Place.objects.bulk_create(fresh, ignore_conflicts=True)
        _remember_names((known[code], place.city) for code, place in portion.items() if code in known)
        added += len(fresh)
    return added


def _remember_names(called: Iterable[tuple[Place, str]]) -> None:
    """A city's further names; not of a place that lies in several cities, where every name would be a guess."""
    new = [
        PlaceName(place=place, name=name, folded=fold(name))
        for place, name in called
        if place.city and fold(name) not in {"", place.city_folded}
    ]
    if not new:
        return
    counted = PlaceName.objects.filter(place__in={name.place_id for name in new}).order_by().values_list("place_id")
    many = {place for place, names in counted.annotate(names=Count("pk")) if names >= MOST_NAMES}
    PlaceName.objects.bulk_create([name for name in new if name.place_id not in many], ignore_conflicts=True)


def _row(place: history.Place) -> Place:
    return Place(
        code=place.code,
        city=place.city,
        city_folded=fold(place.city),
        region=place.region,
        region_folded=fold(place.region),
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
    )
