"""JSON doors: what can be chosen of a product, and what comes of a choice."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Path, Router, Schema
from pydantic import Field

from vafa.accounts.api_auth import REFUSALS, Bearer
from vafa.accounts.models import Scope
from vafa.catalog.models.products import Configurable
from vafa.catalog.queries import Offer, Sheet, sheet
from vafa.catalog.queries.configurations import Configured, configured
from vafa.catalog.queries.explaining import about_words, explained, own_words
from vafa.catalog.queries.there import pieces_to_make
from vafa.engine.configuring import Conflict, Pick
from vafa.kit.json_fields import NO_CONTROLS, NO_OTHERS, Strict
from vafa.kit.problems import Problem

router = Router(tags=["Products"])
READ = Bearer(Scope.PRODUCTS_READ)
NOTHING = Configurable(options=[], rules=[])
Code = Annotated[str, Field(max_length=40, pattern=NO_CONTROLS)]
Product = Annotated[str, Field(max_length=80, pattern=NO_CONTROLS)]


class PickOut(Schema):
    """A value of an option; "" is none of its values."""

    option: str
    value: str


class ValueOut(Schema):
    """`surcharge_minor` is added to the price of a piece, `lead_days` are working days on top. `parts` go into a piece;
    `counted` are those of them that are articles and taken from their stock. `words_most` is how many characters of his
    own the customer can write for it (0: none), and where `words_needed` he must.
    """

    code: str
    name: dict[str, str]
    surcharge_minor: int
    lead_days: int
    parts: dict[str, int]
    counted: list[str] = []
    words_most: int = 0
    words_needed: bool = False


class OptionOut(Schema):
    """One thing to choose. Where it is `needed`, its first value is chosen from the start."""

    code: str
    name: dict[str, str]
    needed: bool
    values: list[ValueOut]


class RuleOut(Schema):
    """`value` requires or excludes `other`; `why` are the shop's own words."""

    tie: Literal["requires", "excludes"]
    value: PickOut
    other: PickOut
    why: dict[str, str]


class OptionsOut(Schema):
    """All that can be chosen of a product beside its articles; nothing for what is sold as it is."""

    product: str
    options: list[OptionOut]
    rules: list[RuleOut]


class ChoiceIn(Strict):
    """A choice: `chosen` is {option: value}, and without it what is chosen from the start; `written` {option: words} is
    what the customer writes for it, which is not kept. `sku`: the article; without it the cheapest that is there.
    """

    sku: Annotated[str, Field(max_length=64, pattern=NO_CONTROLS)] = ""
    chosen: Annotated[dict[Code, Code], Field(max_length=20, json_schema_extra=NO_OTHERS)] | None = None
    written: Annotated[
        dict[Code, Annotated[str, Field(max_length=1000)]], Field(max_length=20, json_schema_extra=NO_OTHERS)
    ] = {}


class ConflictOut(Schema):
    """What does not go together, told at `option`: `others` are missing (`requires`) or in the way (`excludes`). Each
    of `ways` is one change after which it is gone. `sentence` follows `Accept-Language`, `why` is in the shop's own
    words.
    """

    clash: Literal["missing", "unknown", "requires", "excludes"]
    option: str
    value: str
    others: list[PickOut]
    ways: list[PickOut]
    sentence: str
    why: dict[str, str]


class WordsOut(Schema):
    """What is wrong with what was written at `option`, of which `most` characters fit."""

    option: str
    wrong: Literal["missing", "too-long", "unwritable", "unasked"]
    most: int
    sentence: str


class OutcomeOut(Schema):
    """What comes of a choice. `price_minor` is that of a piece with what was chosen, `lead_days` are the working days
    until it can be packed, those of the product included, `pieces` how many can be had: the scarcest part decides.
    """

    product: str
    sku: str
    chosen: dict[str, str]
    is_possible: bool
    price_minor: int
    surcharge_minor: int
    currency: str
    lead_days: int
    parts: dict[str, int]
    pieces: int
    conflicts: list[ConflictOut]
    words: list[WordsOut]


@router.get(
    "/{product}/options", response={200: OptionsOut, **REFUSALS}, auth=READ, summary="What can be chosen of a product"
)
def options(request: HttpRequest, product: Annotated[Product, Path()]) -> dict[str, Any]:
    """The options of a product in their order, with their values, and the rules between them."""
    of = _sheet(product).configurable or NOTHING
    rules = [{**rule, "value": _told(rule["value"]), "other": _told(rule["other"])} for rule in of["rules"]]
    return {"product": product, "options": of["options"], "rules": rules}


@router.post(
    "/{product}/options/evaluation",
    response={200: OutcomeOut, **REFUSALS},
    auth=READ,
    summary="What comes of a choice",
)
def evaluation(request: HttpRequest, product: Annotated[Product, Path()], asked: ChoiceIn) -> dict[str, Any]:
    """Price, parts and days of a choice, and why it cannot be made so, where it cannot. It keeps nothing: a price is
    promised with the basket. Refusals: 404 `not-for-sale`.
    """
    found = _sheet(product)
    offer = _offer(found, asked.sku)
    result = configured(found.configurable or NOTHING, asked.chosen, asked.written)
    outcome = result.outcome
    return {
        "product": product,
        "sku": offer.sku,
        "chosen": result.chosen,
        "is_possible": outcome.is_possible and not result.word_faults,
        "price_minor": offer.price_minor + outcome.surcharge_minor,
        "surcharge_minor": outcome.surcharge_minor,
        "currency": offer.currency,
        "lead_days": found.lead_days + outcome.lead_days,
        "parts": dict(outcome.parts),
        "pieces": pieces_to_make(offer.sku, offer.pieces, result.counted, found.parts_there),
        "conflicts": [_conflict(each, result) for each in outcome.conflicts],
        "words": [
            {"option": each.option, "wrong": each.what, "most": each.longest, "sentence": about_words(each)}
            for each in result.word_faults
        ],
    }


def _sheet(product: str) -> Sheet:
    found = sheet(product)
    if found is None:
        raise Problem("no-such-product", _("There is no such product."), status=404, field="product")
    return found


def _offer(found: Sheet, sku: str) -> Offer:
    named = [offer for offer in found.card.offers if offer.sku == sku]
    offer = named[0] if named else found.card.cheapest if not sku else None
    if offer is None:
        raise Problem("not-for-sale", _("This is not for sale now."), status=404, field="sku")
    return offer


def _conflict(conflict: Conflict, result: Configured) -> dict[str, Any]:
    return {
        "clash": conflict.clash,
        "option": conflict.option,
        "value": conflict.value,
        "others": [_told(pick) for pick in conflict.with_],
        "ways": [_told(pick) for pick in conflict.ways],
        "sentence": explained(conflict, result.of),
        "why": own_words(conflict, result),
    }


def _told(pick: Pick | list[str]) -> dict[str, str]:
    return {"option": pick[0], "value": pick[1]}
