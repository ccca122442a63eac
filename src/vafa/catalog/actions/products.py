"""Products with their variants, prices and pictures, many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.actions.holding import Doubtful, hold
from vafa.catalog.actions.pricing import Amount, require_amount, set_prices
from vafa.catalog.models import Brand, Category, Picture, Product, Variant, What
from vafa.catalog.models.products import Texts
from vafa.engine.goods_guard import doubts_about_sheet
from vafa.kit.bulk import Recorded, upsert, write_changes


@dataclass(frozen=True, slots=True)
class VariantRow:
    """What can be bought: the shop's article number, the option chosen in each and its price now.

    `choices` are {code: value} as in a data sheet: a word in every language, or by language.
    """

    sku: str
    price_minor: int | None
    currency: str
    choices: Mapping[str, str | Texts] = field(default_factory=dict)
    weight_g: float | None = None
    volume_cm3: float | None = None
    cost_minor: int | None = None  # what a piece costs the shop, in the same currency


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A file that lies in the pictures' folder, with its size in pixels and what is said to who cannot see it."""

    file: str
    width: int
    height: int
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """What is known of one product. Texts are {language: text}; empty ones say nothing and change nothing.

    `category` and `brand` are codes of remembered ones; `lead_days` None leaves them as they are.
    """

    code: str
    category: str
    title: Mapping[str, str]
    variants: Sequence[VariantRow]
    brand: str = ""
    description: Mapping[str, str] = field(default_factory=dict)
    specifications: Mapping[str, str | Texts] = field(default_factory=dict)
    pictures: Sequence[PictureRow] = ()
    lead_days: int | None = None
    added_at: datetime | None = None


def record_products(rows: Sequence[ProductRow], *, made_by: str, at: datetime) -> Recorded:
    """Insert products that are new and update those about which the rows say something else; one transaction.

    A price that differs from the one that holds becomes a new version. Prices and data sheets that the guard doubts are
    held for a person, and what they would change stays. What changed is left for the index; products are
    counted as changed where anything of them did, be it a price. Pass some hundred rows at a time. LookupError where a
    category or brand is not known; Problem `bad-price`; nothing is written then.
    """
    for each in (variant for row in rows for variant in row.variants):
        if each.price_minor is not None:
            require_amount(each.sku, each.price_minor)
    with transaction.atomic():
        shelves = _ids(Category, {row.category for row in rows})
        brands = _ids(Brand, {row.brand for row in rows if row.brand})
        codes = [row.code for row in rows]
        there = Product.objects.select_for_update().filter(code__in=codes).order_by("pk")
        known = {each["code"]: dict(each) for each in there.values()}
        before = {code: dict(each) for code, each in known.items()}
        doubted = _hold_sheets(rows, before, made_by=made_by, at=at)
        said = [_product(row, shelves, brands, before, at, keeps_sheet=row.code in doubted) for row in rows]
        write_changes(Product, "code", known, said)
        ids = dict(Product.objects.filter(code__in=codes).values_list("code", "pk"))
        changed = {code for code in known if known[code] != before.get(code)}
        changed |= _write_variants(rows, ids)
        changed |= _write_prices(rows, made_by=made_by, at=at)
        changed |= _write_pictures(rows, ids)
        leave_for_index(changed, at=at)
    created = len(known) - len(before)
    return Recorded(created, len(changed) - created, len(known) - len(changed))


def _ids(model: type[Category] | type[Brand], codes: set[str]) -> dict[str, int]:
    found = dict(model._default_manager.filter(code__in=codes).values_list("code", "pk"))
    if missing := codes - found.keys():
        raise LookupError(f"{model.__name__} {min(missing)!r} has not been remembered")
    return found


def _product(
    row: ProductRow,
    shelves: Mapping[str, int],
    brands: Mapping[str, int],
    before: Mapping[str, Mapping[str, object]],
    at: datetime,
    *,
    keeps_sheet: bool,
) -> dict[str, object]:
    said: dict[str, object] = {
        "code": row.code,
        "category_id": shelves[row.category],
        "brand_id": brands.get(row.brand),
        "title": dict(row.title) or None,
        "description": dict(row.description) or None,
        "specifications": None if keeps_sheet else dict(row.specifications) or None,
        "lead_days": row.lead_days,
    }
    was = before.get(row.code)
    if was is None:
        return {**said, "added_at": row.added_at or at, "changed_at": at}
    differs = any(value is not None and was[name] != value for name, value in said.items())
    return {**said, "changed_at": at} if differs else said


def _write_variants(rows: Sequence[ProductRow], ids: Mapping[str, int]) -> set[str]:
    """The codes of the products of which a variant is new or another than before."""
    said = [
        {
            "product_id": ids[row.code],
            "sku": variant.sku,
            "choices": dict(variant.choices) or None,
            "weight_g": variant.weight_g,
            "volume_cm3": variant.volume_cm3,
            "cost_minor": variant.cost_minor,
            "position": position,
        }
        for row in rows
        for position, variant in enumerate(row.variants)
    ]
    there = Variant.objects.select_for_update().filter(sku__in=[each["sku"] for each in said]).order_by("pk")
    known = {each["sku"]: dict(each) for each in there.values()}
    before = {sku: dict(each) for sku, each in known.items()}
    write_changes(Variant, "sku", known, said)
    return {row.code for row in rows for each in row.variants if known[each.sku] != before.get(each.sku)}


def _write_prices(rows: Sequence[ProductRow], *, made_by: str, at: datetime) -> set[str]:
    """The codes of the products of which a price is another than before."""
    asked = {
        variant.sku: (Amount(variant.price_minor, variant.currency), row.code)
        for row in rows
        for variant in row.variants
        if variant.price_minor is not None
    }
    locked = Variant.objects.select_for_update(of=("self",)).select_related("price").filter(sku__in=asked)
    variants = {each.pk: each for each in locked.order_by("pk")}
    said = {number: asked[each.sku][0] for number, each in variants.items()}
    priced = set_prices(list(variants.values()), said, made_by=made_by, at=at)
    return {asked[variants[number].sku][1] for number in priced.changed}


def _hold_sheets(
    rows: Sequence[ProductRow], before: Mapping[str, Mapping[str, Any]], *, made_by: str, at: datetime
) -> set[str]:
    """The codes of the products whose new data sheets wait for a person."""
    doubtful = [
        Doubtful(What.SHEET, row.code, was["id"], was["specifications"], dict(row.specifications), doubts)
        for row in rows
        if row.specifications and (was := before.get(row.code))
        if (doubts := doubts_about_sheet(row.specifications, was["specifications"]))
    ]
    if doubtful:
        hold(doubtful, made_by=made_by, at=at)
    return {each.of for each in doubtful}


def _write_pictures(rows: Sequence[ProductRow], ids: Mapping[str, int]) -> set[str]:
    """The codes of the products of which pictures are told."""
    said = [
        {"product_id": ids[row.code], "file": picture.file, "words": dict(picture.words), "width": picture.width,
         "height": picture.height, "position": position}
        for row in rows
        for position, picture in enumerate(row.pictures)
    ]  # fmt: skip
    if said:
        upsert(Picture, ["product_id", "file"], said)
    return {row.code for row in rows if row.pictures}
