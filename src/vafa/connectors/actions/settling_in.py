"""A shop without orders and with untouched settings takes its zone and currency from its first export."""

from __future__ import annotations

from vafa.connectors.facts import Source
from vafa.orders.models import Order
from vafa.shop.actions import Settings, save_settings
from vafa.shop.models import Shop
from vafa.shop.queries import the_shop


def settle_in(source: Source) -> bool:
    """Whether the settings were taken over. Days belong to the shop's zone, so a wrong one would move every promise."""
    shop, untouched = the_shop(), Shop()
    if Order.objects.exists() or shop.zone != untouched.zone or source.zone == shop.zone:
        return False
    taken = Settings(zone=source.zone)
    if shop.currency == untouched.currency and source.currency:
        taken["currency"] = source.currency
    if shop.holiday_country == untouched.holiday_country:
        taken["holiday_country"] = source.country
    save_settings(**taken)
    return True
