"""Writes of delivery options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from vafa.delivery.models import DeliveryOption
from vafa.delivery.option_kinds import OptionKind
from vafa.delivery.queries.options import STANDARD, STANDARD_NAME
from vafa.kit.problems import Problem
from vafa.shop.actions import stamp_shop


@transaction.atomic
def ensure_default_option() -> DeliveryOption:
    """The shop's first active option; one named "standard" is made where there is none."""
    first = DeliveryOption.objects.filter(active=True).first()
    if first is not None:
        return first
    option, is_new = DeliveryOption.objects.get_or_create(code=STANDARD, defaults={"name": STANDARD_NAME})
    if is_new:
        stamp_shop()
    return option


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One way of delivery: stable code, names by language; `regions` empty = everywhere, `price_minor` None = nobody
    has said what it costs.
    """

    code: str
    name: Mapping[str, str]
    price_minor: int | None = None
    regions: tuple[str, ...] = ()
    kind: str = OptionKind.ECONOMY.value
    free_from_minor: int | None = None
    cut_off: time | None = None
    minimum_days: int = 0
    delivery_weekdays: tuple[int, ...] = tuple(range(7))  # 0 = Monday


@transaction.atomic
def remember_options(rows: Sequence[OptionRow]) -> int:
    """Add the options whose code is not known yet, in this order; leave the known ones alone. How many are new."""
    known = set(DeliveryOption.objects.values_list("code", flat=True))
    fresh = [
        DeliveryOption(
            code=row.code,
            kind=row.kind,
            name=dict(row.name),
            price_minor=row.price_minor,
            free_from_minor=row.free_from_minor,
            cut_off=row.cut_off,
            minimum_days=row.minimum_days,
            regions=list(row.regions),
            delivery_weekdays=list(row.delivery_weekdays),
            position=position,
        )
        for position, row in enumerate(rows, start=len(known))
        if row.code not in known
    ]
    if fresh:
        DeliveryOption.objects.bulk_create(fresh, ignore_conflicts=True)
        stamp_shop()
    return len(fresh)


class OptionTerms(TypedDict):
    """What describes a way of delivery; the meaning of each is written at the model."""

    kind: str
    name: dict[str, str]
    delivery_weekdays: list[int]
    cut_off: time | None
    minimum_days: int
    regions: list[str]
    price_minor: int | None
    free_from_minor: int | None
    most_weight_g: int | None
    position: int
    active: bool


@transaction.atomic
def save_option(code: str, **terms: Unpack[OptionTerms]) -> DeliveryOption:
    """Describe the option with this code, new or known. Past orders keep the code they were placed with.

    Problem `bad-option` with its field where a term cannot be.
    """
    option = DeliveryOption.objects.filter(code=code).first() or DeliveryOption(code=code)
    for field, value in terms.items():
        setattr(option, field, value)
    if not terms["delivery_weekdays"] or not set(terms["delivery_weekdays"]) <= set(range(7)):
        raise Problem(
            "bad-option", gettext("Choose at least one weekday of delivery."), status=422, field="delivery_weekdays"
        )
    try:
        option.full_clean()
    except ValidationError as refused:
        field, messages = next(iter(refused.message_dict.items()))
        raise Problem("bad-option", messages[0], status=422, field=field) from None
    option.save()
    stamp_shop()
    return option
