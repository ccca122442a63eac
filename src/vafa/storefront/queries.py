"""Reads of the sites that hold the widget."""

from __future__ import annotations

from vafa.shop.queries import remembered
from vafa.storefront.models import WidgetSite


def widget_sites() -> list[WidgetSite]:
    """Those that are open, the oldest first."""
    return list(WidgetSite.objects.filter(closed_at__isnull=True).order_by("opened_at", "pk"))


def is_allowed(key: str, origin: str) -> bool:
    """Whether pages of this origin may use the key. Remembered until the owner changes a site."""
    allowed = remembered(
        "storefront.widget_sites", lambda: {site.key: frozenset(site.origins) for site in widget_sites()}
    )
    return origin in allowed.get(key, frozenset())
