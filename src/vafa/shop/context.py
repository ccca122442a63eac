"""What every page knows of the shop."""

from __future__ import annotations

from django.http import HttpRequest

from vafa.kit.formats import prefer
from vafa.shop import queries


def shop(request: HttpRequest) -> dict[str, object]:
    """Context: `shop`, the settings row. Formats follow its zone and its money from here on."""
    the_shop = queries.the_shop()
    prefer(queries.preferences_of(the_shop))
    return {"shop": the_shop}
