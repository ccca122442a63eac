"""The windows and pick-up points that can be had with the answer of a quote."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vafa.delivery.models import Quote
from vafa.delivery.queries.choices import Choice, Need, choices_for_each
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop


def windows_of(quote: Quote, option: str, at: datetime) -> Choice:
    """The option of a quote as it can be chosen now, with its price and its windows (full ones among them) or points,
    each with the first day on which it has a place.

    Problems: `quote-expired` (410); `unknown-option`, `no-windows` (422) where the option has neither there, or none
    that can still be ordered.
    """
    if quote.expires_at <= at:
        raise Problem("quote-expired", _("This quote has expired. Please ask again."), status=410, field="quote_id")
    if option not in {answer["option"] for answer in quote.answers}:
        raise Problem("unknown-option", _("The quote does not hold this option."), status=422, field="option")
    choice = choices_for_each([_need(quote)], max(at, quote.asked_at))[0].by(option)
    if choice is None or not (choice.slots or choice.points):
        sentence = _("This option has no windows or points there that can be chosen.")
        raise Problem("no-windows", sentence, status=422, field="option")
    return choice


def _need(quote: Quote) -> Need:
    """The question of the quote, as the choice of delivery asks it."""
    asked = quote.question
    return Need(
        place=asked["to"],
        goods_minor=asked["price_minor"] or 0,
        currency=the_shop().currency,
        weight_g=asked["weight_g"],
        volume_cm3=asked["volume_cm3"],
        items=asked["items"],
        category=asked["category"],
        lead_days=asked["lead_days"],
        ready_at=datetime.fromisoformat(asked["ready_at"]) if asked["ready_at"] else None,
        segment=asked["segment"],
        storehouse=asked["origin"],
    )
