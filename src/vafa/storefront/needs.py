"""What of a product is to be delivered, as questions about dates want it."""

from __future__ import annotations

from vafa.catalog.queries import Offer, Sheet
from vafa.catalog.queries.configurations import Made
from vafa.delivery.queries.choices import Need
from vafa.storefront.places import ChosenPlace


def need_of(found: Sheet, offer: Offer, place: ChosenPlace, made: Made | None = None) -> Need:
    """One piece of this variant alone, made as was chosen, to the visitor's place."""
    return Need(
        place.named,
        offer.price_minor + (made["surcharge_minor"] if made else 0),
        offer.currency,
        weight_g=found.weight_g if offer.weight_g is None else offer.weight_g,
        category=found.shelf,
        lead_days=found.lead_days + (made["lead_days"] if made else 0),
        storehouse=offer.storehouse,
    )
