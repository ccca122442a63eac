"""The staff makes and renames shelves, brands and storehouses, one at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.models import Brand, Category, Storehouse
from vafa.catalog.models.products import SpecificationTerms, Texts
from vafa.kit.problems import Problem
from vafa.shop.actions import stamp_shop


def save_category(
    category: Category, *, name: Texts, parent: Category | None, specifications: list[SpecificationTerms], at: datetime
) -> None:
    """Write a shelf, new or known. A line of its data sheet that products use keeps its code.

    Problems: `own-parent` (a shelf would lie below itself), `code-taken` (409), `line-in-use` (409).
    """
    if category.pk and parent and category.pk in {each.pk for each in _upwards(parent)}:
        raise Problem("own-parent", _("A shelf cannot lie below itself."), field="parent")
    with transaction.atomic():
        if category.pk:
            _require_unused(category, {line["code"] for line in specifications})
        category.name, category.parent, category.specifications = name, parent, specifications
        _save(category)
        stamp_shop()
        leave_for_index(category.products.values_list("code", flat=True), at=at)


def save_brand(brand: Brand, *, name: Texts, at: datetime) -> None:
    """Write who made it, new or known. Problem `code-taken` (409)."""
    with transaction.atomic():
        brand.name = name
        _save(brand)
        leave_for_index(brand.products.values_list("code", flat=True), at=at)


def save_storehouse(house: Storehouse, *, name: Texts) -> None:
    """Write where goods lie, new or known. Problem `code-taken` (409)."""
    house.name = name
    _save(house)


def _save(row: Category | Brand | Storehouse) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Problem("code-taken", _("Another one has this code."), status=409, field="code") from None


def _upwards(category: Category) -> list[Category]:
    found = [category]
    while (above := found[-1].parent) is not None and above not in found:
        found.append(above)
    return found


def _require_unused(category: Category, kept: set[str]) -> None:
    gone = {line["code"] for line in category.specifications} - kept
    for sheet in category.products.values_list("specifications", flat=True) if gone else ():
        if used := gone & sheet.keys():
            sentence = _("Products say something on the line “%(line)s”: empty it there first.")
            raise Problem("line-in-use", sentence % {"line": min(used)}, status=409)
