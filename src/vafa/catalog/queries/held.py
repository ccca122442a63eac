"""What waits for a person, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vafa.catalog.doubts import in_words
from vafa.catalog.models import HeldChange, HeldState, What
from vafa.kit.formats import format_date, format_money, format_number, text_in


@dataclass(frozen=True, slots=True)
class Difference:
    """What would change: its name (empty where the title says it), what it is and what it would be, in words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A held change as people read it."""

    held: HeldChange
    product: str
    title: str
    sku: str
    differences: tuple[Difference, ...]
    reasons: tuple[str, ...]


def waiting_count() -> int:
    """How many wait."""
    return HeldChange.objects.filter(state=HeldState.WAITING).count()


def held_at(*, made_by: str, at: datetime) -> int:
    """How many were held of what this one said at this moment."""
    return HeldChange.objects.filter(made_by=made_by, at=at).count()


def held_change(public_id: UUID) -> HeldChange | None:
    """The one of this number."""
    return HeldChange.objects.filter(public_id=public_id).first()


def held_page(*, waiting: bool, below: int | None, size: int, product: int | None = None) -> list[Waiting]:
    """The newest first, those below this number: which wait, or which were decided. One query."""
    rows = HeldChange.objects.select_related(
        "product__category", "variant", "storehouse", "option_value__option"
    ).order_by("-pk")
    rows = rows.filter(state=HeldState.WAITING) if waiting else rows.exclude(state=HeldState.WAITING)
    if below is not None:
        rows = rows.filter(pk__lt=below)
    if product is not None:
        rows = rows.filter(product=product)
    return [in_full(each) for each in rows[:size]]


def in_full(held: HeldChange) -> Waiting:
    """A held change with everything said in the reader's language."""
    names = {line["code"]: text_in(line["name"]) for line in held.product.category.specifications}
    currency = str(held.new.get("currency", ""))
    return Waiting(
        held=held,
        product=held.product.code,
        title=text_in(held.product.title) or held.product.code,
        sku=held.variant.sku if held.variant else "",
        differences=tuple(_differences(held, names)),
        reasons=tuple(in_words(doubt, currency=currency, lines=names) for doubt in held.doubts),
    )


def _differences(held: HeldChange, names: dict[str, str]) -> Sequence[Difference]:
    if held.what == What.PRICE:
        return [Difference("", _amount(held.old), _amount(held.new))]
    if held.what == What.OPTION:
        return [Difference(_of_value(held), _amount(held.old), _amount(held.new))]
    if held.what == What.STOCK:
        house = text_in(held.storehouse.name) or held.storehouse.code if held.storehouse else ""
        return [Difference(house, _pieces(held.old), _pieces(held.new))]
    lines = [code for code in {**held.old, **held.new} if held.old.get(code) != held.new.get(code)]
    return [
        Difference(names.get(code, code), text_in(held.old.get(code, "")), text_in(held.new.get(code, "")))
        for code in lines
    ]


def _of_value(held: HeldChange) -> str:
    value = held.option_value
    return f"{text_in(value.option.name)}: {text_in(value.name)}" if value else ""


def _amount(said: dict[str, Any]) -> str:
    return format_money(said["minor"], said["currency"]) if said else ""


def _pieces(said: dict[str, Any]) -> str:
    pieces = format_number(said["on_hand"])
    if not said["back_on"]:
        return pieces
    return _("%(pieces)s, more on %(day)s") % {
        "pieces": pieces, "day": format_date(date.fromisoformat(said["back_on"]), style="short"),
    }  # fmt: skip
