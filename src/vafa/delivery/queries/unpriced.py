"""Ways of delivery that no customer can choose, because nobody has said what they cost."""

from __future__ import annotations

from dataclasses import dataclass

from vafa.catalog.queries.products import sells_anything
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries.nearness import has_price_rules
from vafa.delivery.queries.options import options


@dataclass(frozen=True)
class Unpriced:
    """`options`: the active ones without a price and without a rule of one; `is_every`: there is no other, so that
    nobody can order anything.
    """

    options: list[DeliveryOption]
    is_every: bool

    @property
    def first(self) -> DeliveryOption:
        """Where its owner begins; not saved in a shop that has described no way yet."""
        return self.options[0]


def unpriced() -> Unpriced | None:
    """None where each can be chosen, and in a shop that sells nothing here: its orders come from elsewhere."""
    offered = options()
    found = [each for each in offered if each.price_minor is None and not has_price_rules(each.code)]
    return Unpriced(found, len(found) == len(offered)) if found and sells_anything() else None
