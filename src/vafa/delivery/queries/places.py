"""Where a question goes to: the place that is meant by a code or a name, and whether anything was ever sent there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from vafa.delivery.queries.nearness import zone_of
from vafa.delivery.queries.sources import Source
from vafa.delivery.track import is_served
from vafa.engine.folding import fold
from vafa.engine.history import Place
from vafa.kit.formats import plain_digits
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.shop.models import Place as ShopPlace
from vafa.shop.queries import (
    find_place,
    nearest_names,
    place_name,
    places_by_code,
    regions_called,
    spellings_of,
    stated_by_every_name,
    stated_times,
    whole_place,
)

LONGEST_CODE = 10


@dataclass(frozen=True)
class Destination:
    """A place; `is_known` is False where only what is stated for all other places speaks about it."""

    place: Place
    is_known: bool = True


def destination_of(named: str) -> Destination:
    """The place that is meant.

    A name that nobody knows is answered by what the owner has stated for elsewhere, unless it looks like a known one:
    then it is more likely a slip of the pen, and a date for another place would be wrong. Problem `unknown-place` for
    such a name, and for every unknown one where nothing is stated for elsewhere.
    """
    found = _known_place(named)
    if found is not None:
        return Destination(found)
    near = nearest(named)
    if not near and any(not stated.place for stated in stated_by_every_name()):
        return Destination(Place(code=named.strip(), city="" if _is_code(named) else named.strip()), is_known=False)
    raise _unknown(named, "to", near)


def origin_of(named: str) -> Place:
    """The place it leaves from. Problem `unknown-place`."""
    found = _known_place(named)
    if found is None:
        raise _unknown(named, "from", nearest(named))
    return found


def require_served(source: Source, to: Place) -> None:
    """Problem `place-never-served` where orders exist, but none to the place or its region, no statement for it, and no
    zone that it lies in.
    """
    if source.facts_until is None or is_served(source.track, to) or zone_of(to) is not None:
        return
    if not source.looks_back and _has_order(to):
        return
    names = {"", *(fold(name) for name in (to.code, to.city, to.region, to.country))}
    if not any(fold(stated.place) in names for stated in stated_by_every_name()):
        sentence = _("Nothing has been delivered there yet, and nobody has stated how long it takes.")
        raise Problem("place-never-served", sentence, status=422, field="to")


def _has_order(to: Place) -> bool:
    """An order that came after the worker's last look counts too."""
    there = Q(place__code=to.code)
    if to.city:
        there |= Q(place__city_folded__in=spellings_of(to.city), place__region="")
    if to.region:
        there |= Q(place__region__in=regions_called(to.region))
    return Order.objects.filter(there).exists()


def _known_place(named: str) -> Place | None:
    found = find_place(named) or _by_other_spelling(named)
    return whole_place(found) if found is not None else _stated_place(named)


def _stated_place(named: str) -> Place | None:
    """A new shop has no orders and knows no places yet but those whose times it has stated."""
    said = (each.place for each in stated_by_every_name() if each.place and fold(each.place) == fold(named))
    return next((Place(code=place, city=place) for place in said), None)


def _by_other_spelling(named: str) -> ShopPlace | None:
    """Postal codes lose their leading zeros in spreadsheets, and shops keep only the first digits of long ones."""
    if not _is_code(named):
        return None
    digits = _digits(named)
    short = digits[:5] if len(digits) >= 8 else digits
    spelled = [digits, short, short.zfill(5), short.lstrip("0")]
    known = places_by_code(spelled)
    return next((known[code] for code in spelled if code in known), None)


def _digits(named: str) -> str:
    return "".join(character for character in plain_digits(named) if character.isdecimal())


def _is_code(named: str) -> bool:
    return 3 <= len(_digits(named)) <= LONGEST_CODE and not any(character.isalpha() for character in named)


def nearest(named: str) -> list[str]:
    """Names that may have been meant; codes that differ in a digit are other places, so none for them."""
    if any(character.isdecimal() for character in named):
        return []
    return nearest_names(named, [stated.place for stated in stated_times()])


def _unknown(named: str, field: str, near: list[str]) -> Problem:
    sentence = _("No place is known by this code or name: %(name)s") % {"name": named}
    if not near:
        return Problem("unknown-place", sentence, status=422, field=field)
    meant = _(" or ").join(place_name(each, the_language(None)) for each in near)
    sentence = _("No place is known by the name %(name)s. Did you mean %(meant)s?") % {"name": named, "meant": meant}
    return Problem("unknown-place", sentence, status=422, field=field, about={"did_you_mean": near[0]})
