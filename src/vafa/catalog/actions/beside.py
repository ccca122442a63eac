"""What stands beside a product: what the staff says goes with it, and what is bought together with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Product
from vafa.catalog.models.products import BoughtWith
from vafa.kit.problems import Problem

MOST_CHOSEN, MOST_BOUGHT = 8, 6


def choose_beside(product: Product, codes: Sequence[str], *, at: datetime) -> None:
    """These products go with it, in this order. Problems (422): `unknown-product`, `itself`, `too-many`."""
    wanted = list(dict.fromkeys(codes))
    if product.code in wanted:
        raise Problem("itself", _("A product does not go with itself."), status=422, field="codes")
    if len(wanted) > MOST_CHOSEN:
        raise Problem("too-many", _("At most eight products go with one."), status=422, field="codes")
    storable = [code for code in wanted if "\x00" not in code]
    known = set(Product.objects.filter(code__in=storable).values_list("code", flat=True))
    if missing := [code for code in wanted if code not in known]:
        sentence = _("There is no product with this code: %(code)s.") % {"code": missing[0]}
        raise Problem("unknown-product", sentence, status=422, field="codes")
    Product.objects.filter(pk=product.pk).update(goes_with=wanted, changed_at=at)


def keep_bought_together(found: Mapping[str, Sequence[BoughtWith]]) -> int:
    """What orders say is bought together with each product ({code: the most frequent first}), in place of what they
    said before; how many products have other neighbours now. Of many, some hundred in each transaction.
    """
    changed = 0
    before = dict(Product.objects.exclude(bought_with=[]).values_list("code", "bought_with"))
    said = {code: list(found.get(code, ()))[:MOST_BOUGHT] for code in {*before, *found}}
    moved = sorted(code for code, others in said.items() if before.get(code, []) != others)
    for first in range(0, len(moved), 200):
        with transaction.atomic():
            for code in moved[first : first + 200]:
                changed += Product.objects.filter(code=code).update(bought_with=said[code])
    return changed
