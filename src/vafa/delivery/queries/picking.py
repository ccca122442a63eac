"""What a customer has picked of his choices, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from vafa.delivery.queries.choices import Choice, Choices
from vafa.delivery.queries.points import PointOffer
from vafa.delivery.queries.slots import SlotOffer
from vafa.kit.problems import Problem


@dataclass(frozen=True)
class Picked:
    """`price_minor` is the full cost of delivery, the slot's surcharge in it; None where nobody has said it.

    `hold` is the name to hold with `actions.slots.hold`; "" where nothing is to be held. `due_on` is the day by which
    it is there.
    """

    choice: Choice
    slot: SlotOffer | None
    point: PointOffer | None
    price_minor: int | None
    hold: str
    due_on: date


def picked(choices: Choices, option: str, *, slot: str = "", point: str = "") -> Picked:
    """What the form's fields `option`, `slot` and `point` mean; what belongs to another option is left out.

    Problems (422): `choose-option`, `choose-slot`, `choose-point`; `slot-full` (409) for a window that is full by now.
    """
    choice = choices.by(option)
    if choice is None or choice.is_refused or choice.answer.promised_on is None:
        raise Problem("choose-option", _("Please choose how it should come to you."), status=422, field="option")
    if choice.needs_slot:
        window = _slot(choice, slot)
        price = None if choice.price_minor is None else choice.price_minor + window.surcharge_minor
        return Picked(choice, window, None, price, window.id, window.day)
    if choice.needs_point:
        place = _point(choice, point)
        return Picked(choice, None, place, choice.price_minor, place.slot, place.ready_on)
    return Picked(choice, None, None, choice.price_minor, "", choice.answer.promised_on)


def _slot(choice: Choice, name: str) -> SlotOffer:
    found = next((slot for slot in choice.slots if slot.id == name), None)
    if found is None:
        raise Problem("choose-slot", _("Please choose when it should come."), status=422, field="slot")
    if not found.places_left:
        raise Problem("slot-full", _("This window is full by now."), status=409, field="slot")
    return found


def _point(choice: Choice, code: str) -> PointOffer:
    found = next((point for point in choice.points if point.code == code), None)
    if found is None:
        raise Problem("choose-point", _("Please choose where you fetch it."), status=422, field="point")
    return found
