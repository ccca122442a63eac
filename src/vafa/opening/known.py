"""What the shop has already of what the steps ask, wherever it was set."""

from __future__ import annotations

from typing import Any

from vafa.catalog.models import Product
from vafa.delivery.models import DeliveryOption, PickupPoint
from vafa.kit.formats import money_unit, text_in
from vafa.opening.actions.offering import POINT
from vafa.opening.proposals import WAYS
from vafa.shop.queries import the_shop


def known_ways() -> dict[str, dict[str, Any]]:
    """{code: what is said of the way}, of the proposed ways that there are."""
    shop = the_shop()
    minors = money_unit(shop.currency, toman=shop.shows_toman)[1]
    stated = {row["option"]: row["days"] for row in shop.stated_times if not row["place"] and not row["seller"]}
    point = PickupPoint.objects.filter(code=POINT).first()
    return {
        option.code: {
            "active": option.active,
            "price": option.price_minor,
            "free": None if option.free_from_minor is None else option.free_from_minor / minors,
            "address": text_in(point.address) if point else "",
            **({"days": stated[option.code]} if option.code in stated else {}),
        }
        for option in DeliveryOption.objects.filter(code__in=[way.code for way in WAYS])
    }


def ware_count() -> int:
    """How many products there are, for sale or not."""
    return Product.objects.count()


def first_ware() -> Product | None:
    """One that can be bought, to try an order with."""
    sold = Product.objects.filter(public=True, variants__price__isnull=False, variants__stock__on_hand__gt=0)
    return sold.order_by("pk").first()
