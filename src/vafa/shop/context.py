"""What every page knows of the shop."""

from __future__ import annotations

from django.http import HttpRequest

from vafa.kit.formats import Preferences, prefer
from vafa.shop import queries


def shop(request: HttpRequest) -> dict[str, object]:
    """Context: `shop`, the settings row. Formats follow its zone and its money from here on."""
    the_shop = queries.the_shop()
    prefer(
        Preferences(
            zone=the_shop.zone,
            currency=the_shop.currency,
            shows_toman=the_shop.shows_toman,
            hijri=the_shop.shows_hijri,
        )
    )
    return {"shop": the_shop}
