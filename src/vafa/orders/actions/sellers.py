"""Who hands the goods over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vafa.kit.bulk import Recorded, write_changes
from vafa.orders.models import Seller
from vafa.shop.models import Place


@dataclass(frozen=True, slots=True)
class SellerRow:
    """A seller by the code the shop uses; `place` is the code of a remembered place."""

    code: str
    name: str = ""
    place: str = ""


def remember_sellers(rows: Sequence[SellerRow]) -> Recorded:
    """Insert new sellers and update what is said differently; one transaction."""
    with transaction.atomic():
        wanted = {row.place for row in rows if row.place}
        places = dict(Place.objects.filter(code__in=wanted).values_list("code", "pk"))
        locked = Seller.objects.select_for_update().filter(code__in=[row.code for row in rows]).order_by("pk")
        known = {seller["code"]: dict(seller) for seller in locked.values()}
        said = [{"code": row.code, "name": row.name, "place_id": places.get(row.place)} for row in rows]
        return write_changes(Seller, "code", known, said)
