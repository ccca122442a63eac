"""What of a product is to be delivered, as questions about dates want it."""

from __future__ import annotations

from vafa.catalog.queries import Offer, Sheet
from vafa.delivery.queries.choices import Need
from vafa.storefront.places import ChosenPlace


def need_of(found: Sheet, offer: Offer, place: ChosenPlace) -> Need:
    """One piece of this variant alone, to the visitor's place."""
    return Need(
        place.named,
        offer.price_minor,
        offer.currency,
        weight_g=found.weight_g if offer.weight_g is None else offer.weight_g,
        category=found.shelf,
        lead_days=found.lead_days,
        storehouse=offer.storehouse,
    )
