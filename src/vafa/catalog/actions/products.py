"""Products with their variants, prices and pictures, many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.models import Brand, Category, Picture, Price, Product, Variant
from vafa.catalog.models.products import Texts
from vafa.kit.bulk import Recorded, upsert, write_changes
from vafa.kit.problems import Problem

MOST_MINOR = 10**15


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

    A price that differs from the one that holds becomes a new version. What changed is left for the index; products are
    counted as changed where anything of them did, be it a price. Pass some hundred rows at a time. LookupError where a
    category or brand is not known; Problem `bad-price`; nothing is written then.
    """
    _require_prices(rows)
    with transaction.atomic():
        shelves = _ids(Category, {row.category for row in rows})
        brands = _ids(Brand, {row.brand for row in rows if row.brand})
        codes = [row.code for row in rows]
        there = Product.objects.select_for_update().filter(code__in=codes).order_by("pk")
        known = {each["code"]: dict(each) for each in there.values()}
        before = {code: dict(each) for code, each in known.items()}
        write_changes(Product, "code", known, [_product(row, shelves, brands, before, at) for row in rows])
        ids = dict(Product.objects.filter(code__in=codes).values_list("code", "pk"))
        changed = {code for code in known if known[code] != before.get(code)}
        changed |= _write_variants(rows, ids)
        changed |= _write_prices(rows, made_by=made_by, at=at)
        changed |= _write_pictures(rows, ids)
        leave_for_index(changed, at=at)
    created = len(known) - len(before)
    return Recorded(created, len(changed) - created, len(known) - len(changed))


def _require_prices(rows: Sequence[ProductRow]) -> None:
    for row in rows:
        for variant in row.variants:
            if variant.price_minor is not None and not 0 < variant.price_minor <= MOST_MINOR:
                sentence = _("The price of %(sku)s must be above nothing.") % {"sku": variant.sku}
                raise Problem("bad-price", sentence, field="price")


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
) -> dict[str, object]:
    said: dict[str, object] = {
        "code": row.code,
        "category_id": shelves[row.category],
        "brand_id": brands.get(row.brand),
        "title": dict(row.title) or None,
        "description": dict(row.description) or None,
        "specifications": dict(row.specifications) or None,
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
        variant.sku: (variant.price_minor, variant.currency, row.code)
        for row in rows
        for variant in row.variants
        if variant.price_minor is not None
    }
    variants = Variant.objects.select_for_update(of=("self",)).select_related("price").filter(sku__in=asked)
    moved = []
    for variant in variants.order_by("pk"):
        now, (amount, currency, _code) = variant.price, asked[variant.sku]
        if now is None or (now.amount_minor, now.currency) != (amount, currency):
            version = now.version + 1 if now else 1
            moved.append((variant, Price(
                variant=variant, version=version, amount_minor=amount, currency=currency, since=at,
                made_by=made_by,
            )))  # fmt: skip
    Price.objects.bulk_create([price for _variant, price in moved])
    for variant, price in moved:
        variant.price = price
    Variant.objects.bulk_update([variant for variant, _price in moved], ["price"])
    return {asked[variant.sku][2] for variant, _price in moved}


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
