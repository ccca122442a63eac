"""What lists for others say of an article: its address and its pictures."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from vafa.catalog.queries import Ware


def address_of(ware: Ware) -> str:
    """The page of the product with this article chosen."""
    return f"{settings.PUBLIC_URL}{reverse('storefront:product', args=[ware.product])}?{urlencode({'v': ware.sku})}"


def pictures_of(ware: Ware) -> list[str]:
    return [f"{settings.PUBLIC_URL}{reverse('catalog:picture', args=[file])}" for file in ware.pictures]
