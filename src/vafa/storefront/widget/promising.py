"""The promise on a product page of another store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vafa.catalog.queries import Offer, Sheet, products_of_articles, sheet
from vafa.delivery.queries.choices import Choice, Choices, Need, choices_for
from vafa.delivery.queries.places import destination_of
from vafa.kit.formats import format_date, format_date_range, format_money, text_in
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.shop.queries import city_names, place_name, the_shop
from vafa.storefront.needs import need_of
from vafa.storefront.places import ChosenPlace
from vafa.storefront.widget.texts import text_of

MOST_WAYS = 6


@dataclass(frozen=True)
class Wanted:
    """What the page says of its product: a code or an article's number that we know, else what it weighs and costs."""

    to: str
    product: str = ""
    price_minor: int = 0
    weight_g: float | None = None


def promise_shown(wanted: Wanted, at: datetime) -> dict[str, Any]:
    """Everything the promise box shows, for a place or before one is chosen."""
    if not wanted.to.strip():
        return {"words": _words(), "cities": city_names(the_language(None))}
    try:
        found = destination_of(wanted.to).place
    except Problem as unknown:
        return {"words": _words(), "cities": city_names(the_language(None)), "sentence": str(unknown)}
    named = place_name(found.city, the_language(None)) if found.city else wanted.to.strip()
    place = ChosenPlace(wanted.to.strip(), found.city or found.code, found.region)
    return {"words": _words(), "place": named, **_dates(_choices(wanted, place, at))}


def _choices(wanted: Wanted, place: ChosenPlace, at: datetime) -> Choices:
    known = _known(wanted.product)
    if known is None:
        return choices_for(Need(place.named, wanted.price_minor, the_shop().currency, weight_g=wanted.weight_g), at)
    found, offer = known
    if not offer.pieces:
        return Choices(problem=_("It is not there just now, so we promise no date."))
    return choices_for(need_of(found, offer, place), at)


def _known(product: str) -> tuple[Sheet, Offer] | None:
    """The product of that code, or the variant of that article's number, where the catalogue has it."""
    if not product or "\x00" in product:
        return None
    found = sheet(products_of_articles([product]).get(product, product))
    if found is None:
        return None
    offer = next((each for each in found.card.offers if each.sku == product), found.card.cheapest)
    return (found, offer) if offer is not None else None


def _dates(choices: Choices) -> dict[str, Any]:
    first = choices.first
    if first is None:
        refused = next(iter(choices.each), None)
        return {"sentence": choices.problem or (text_in(refused.answer.sentence) if refused else _no_date())}
    return {"date": _date(first), "ways": [_way(each) for each in choices.offered if each is not first][:MOST_WAYS]}


def _no_date() -> str:
    return _("No date can be given for this.")


def _date(choice: Choice) -> dict[str, Any]:
    answer = choice.answer
    assert answer.promised_on is not None  # it is one of those offered
    return {
        "label": _label(choice),
        "iso": answer.promised_on.isoformat(),
        "day": format_date(answer.promised_on, style="weekday"),
        "way": text_in(answer.name) or choice.option,
        "cost": _cost(choice),
        "frequency": choice.frequency,
        "likely": _likely(choice),
        "late": _remedy(choice),
        "why": text_in(answer.sentence),
    }


def _likely(choice: Choice) -> str:
    first, last = choice.answer.earliest, choice.answer.latest
    return _("Most likely %(range)s") % {"range": format_date_range(first, last)} if first and last else ""


def _label(choice: Choice) -> str:
    if choice.needs_slot:
        return _("You choose the time, from")
    return _("There for you from") if choice.needs_point else _("With you by")


def _cost(choice: Choice) -> str:
    if choice.price_minor is None:
        return ""
    return format_money(choice.price_minor) if choice.price_minor else _("free")


def _remedy(choice: Choice) -> str:
    guarantee = choice.answer.guarantee
    if guarantee is None:
        return ""
    rule = text_of("promises/_remedy_rule.html", rule=guarantee.terms["remedy"], terms=guarantee.terms)
    return f"{_('If it is late:')} {rule}"


def _way(choice: Choice) -> dict[str, str]:
    answer = choice.answer
    day = format_date(answer.promised_on, style="weekday") if answer.promised_on else ""
    return {"name": text_in(answer.name) or choice.option, "day": day, "cost": _cost(choice)}


def _words() -> dict[str, str]:
    return {
        "title": _("Delivery"),
        "ask": _("Where does it go? You get a date that is kept."),
        "to": _("City or postal code"),
        "show": _("Show the date"),
        "change": _("Another place"),
        "why": _("Why this date?"),
        "none": _("No date"),
    }
