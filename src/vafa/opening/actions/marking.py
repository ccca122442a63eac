"""How far the owner has come, and the steps that the shop's own settings are made of."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db import transaction

from vafa.opening.models import Mark, Opening, Step
from vafa.opening.proposals import proposed_week, zone_of_country
from vafa.shop.actions import locked_shop, save_settings, stamp_shop
from vafa.shop.queries import the_shop


@transaction.atomic
def begin(*, at: datetime) -> Opening:
    """The opening's row, made when absent, locked by the settings' row."""
    locked_shop()
    row, is_new = Opening.objects.get_or_create(pk=1, defaults={"begun_at": at})
    if is_new:
        stamp_shop()
    return row


@transaction.atomic
def mark(step: Step, how: Mark, *, at: datetime, **where: str) -> Opening:
    """Remember what was done about a step, and with `country` and `city` where the shop is."""
    row = begin(at=at)
    row.marks = {**row.marks, step.value: how.value}
    for name, value in where.items():
        setattr(row, name, value)
    row.save()
    stamp_shop()
    return row


def put_off(step: Step, *, at: datetime) -> None:
    """Later. What was saved of it stays."""
    mark(step, Mark.LATER, at=at)


@transaction.atomic
def dismiss(*, at: datetime) -> None:
    """Say no more of it; the first time counts."""
    begin(at=at)
    Opening.objects.filter(pk=1, dismissed_at=None).update(dismissed_at=at)
    stamp_shop()


@transaction.atomic
def save_shop(*, at: datetime, **settings: Any) -> None:
    """Name, languages and money. Problem `bad-setting` with its field."""
    save_settings(**settings)
    mark(Step.SHOP, Mark.SAVED, at=at)


@transaction.atomic
def save_place(*, country: str, city: str, zone: str, shows_hijri: bool, at: datetime) -> None:
    """Where the shop is. Its zone is the country's unless another is said; as long as the working days were not saved
    they become what is usual there. Problem `bad-setting` with its field.
    """
    row = begin(at=at)
    if row.country != country and zone == zone_of_country(row.country):
        zone = ""  # it was that of the country before
    zone = zone or zone_of_country(country) or the_shop().zone
    settings: dict[str, Any] = {"city": city, "zone": zone, "shows_hijri": shows_hijri}
    if row.marks.get(Step.HOURS) != Mark.SAVED and row.country != country:
        settings |= {"working_week": proposed_week(country), "holiday_country": country}
    save_settings(**settings)
    mark(Step.PLACE, Mark.SAVED, at=at, country=country, city=city)


@transaction.atomic
def save_hours(*, working_week: dict[str, list[list[str]]], cut_off: time, keeps_holidays: bool, at: datetime) -> None:
    """The working week, the cut-off, and whether the country's holidays are kept. Problem `bad-setting`."""
    row = begin(at=at)
    country = row.country or the_shop().holiday_country
    save_settings(working_week=working_week, cut_off=cut_off, holiday_country=country if keeps_holidays else "")
    mark(Step.HOURS, Mark.SAVED, at=at)
