"""Opening the widget to other stores, and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vafa.shop.actions import stamp_shop
from vafa.storefront.models import WidgetSite


@transaction.atomic
def open_widget_site(name: str, origins: Sequence[str], *, at: datetime) -> WidgetSite:
    """A new site with a key of its own; `origins` as `tidy_origin` writes them."""
    site = WidgetSite.objects.create(name=name, origins=list(origins), opened_at=at)
    stamp_shop()
    return site


@transaction.atomic
def change_widget_site(site: WidgetSite, name: str, origins: Sequence[str]) -> bool:
    """Other origins under the same key; False where it was closed meanwhile."""
    still_open = WidgetSite.objects.filter(pk=site.pk, closed_at__isnull=True)
    changed = still_open.update(name=name, origins=list(origins))
    stamp_shop()
    return bool(changed)


@transaction.atomic
def close_widget_site(site: WidgetSite, *, at: datetime) -> bool:
    """The key opens nothing from now on; False where it was closed already."""
    closed = WidgetSite.objects.filter(pk=site.pk, closed_at__isnull=True).update(closed_at=at)
    stamp_shop()
    return bool(closed)
