"""Which tax is for what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from vafa.catalog.queries import shelves
from vafa.checkout.models import TaxRule
from vafa.checkout.sums import with_tax
from vafa.shop.queries import remembered


@dataclass(frozen=True, slots=True)
class Tax:
    """A rate in hundredths of a percent, and whether the shelf's prices hold it already."""

    bp: int
    contained: bool

    def on(self, price_minor: int) -> int:
        """What the customer pays for something of that price."""
        return price_minor if self.contained else with_tax(price_minor, self.bp)


NO_TAX = Tax(0, contained=True)


def tax_rules() -> QuerySet[TaxRule]:
    """Every rule, by country and shelf."""
    return TaxRule.objects.all()


def tax_of(country: str, shelf: str) -> Tax:
    """What holds for goods of a shelf that go to a country: the rule of the nearest shelf above it, in its country
    before anywhere. Asks the database only after a rule was changed.
    """
    rules = remembered("checkout.taxes", _read)
    known = shelves().get(shelf)
    nearest_first = [*reversed(known.path if known else (shelf,)), ""]
    places = [(each, name) for name in nearest_first for each in (country, "")]
    return next((rules[place] for place in places if place in rules), NO_TAX)


def _read() -> dict[tuple[str, str], Tax]:
    return {(rule.country, rule.category): Tax(rule.bp, rule.contained) for rule in TaxRule.objects.all()}
