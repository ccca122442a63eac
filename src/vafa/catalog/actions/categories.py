"""Shelves, and who made what lies on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from vafa.catalog.models import Brand, Category
from vafa.catalog.models.products import SpecificationTerms
from vafa.kit.bulk import Recorded, write_changes
from vafa.shop.actions import stamp_shop


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category; `parent` is the code of one that comes before it or is known."""

    code: str
    name: Mapping[str, str]
    parent: str = ""
    specifications: Sequence[SpecificationTerms] = ()


def remember_categories(rows: Sequence[CategoryRow]) -> int:
    """Add the categories whose code is not known yet, in this order; the known ones stay as they are. How many are new.

    LookupError where a parent is neither known nor before its child; nothing is written then.
    """
    with transaction.atomic():
        known = dict(Category.objects.values_list("code", "pk"))
        fresh = [row for row in rows if row.code not in known]
        for position, row in enumerate(fresh, start=len(known)):
            if row.parent and row.parent not in known:
                raise LookupError(f"category {row.parent!r} has not been remembered")
            made = Category.objects.create(
                code=row.code,
                name=dict(row.name),
                parent_id=known.get(row.parent),
                specifications=list(row.specifications),
                position=position,
            )
            known[row.code] = made.pk
        if fresh:
            stamp_shop()
    return len(fresh)


def remember_brands(names: Mapping[str, Mapping[str, str]]) -> Recorded:
    """Add or rename brands: {code: {language: name}}. Runs in the caller's transaction, or in one of its own."""
    with transaction.atomic():
        known = {each["code"]: dict(each) for each in Brand.objects.filter(code__in=names).values()}
        return write_changes(Brand, "code", known, [{"code": code, "name": dict(name)} for code, name in names.items()])
