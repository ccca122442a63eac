"""The staff edits one product or one article at a time. Whoever saves what another has changed meanwhile is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.actions.holding import Doubtful, hold, overtake, subject_of
from vafa.catalog.actions.pricing import Amount, require_amount, set_prices
from vafa.catalog.actions.stock import StockRow, set_stock
from vafa.catalog.editions import require_same
from vafa.catalog.models import Product, Variant, What
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.editing import count_of_stock, terms_of_product, terms_of_variant
from vafa.engine.goods_guard import doubts_about_sheet
from vafa.kit.problems import Problem

Values = Mapping[str, str | Texts]


@dataclass(frozen=True, slots=True)
class ProductTerms:
    """All that a member of the staff says of a product; `category` and `brand` are their numbers."""

    title: Texts
    category_id: int
    brand_id: int | None = None
    description: Texts = field(default_factory=dict)
    specifications: Values = field(default_factory=dict)
    lead_days: int = 0
    public: bool = True


@dataclass(frozen=True, slots=True)
class VariantTerms:
    """All that a member of the staff says of an article; no price: it is not for sale."""

    sku: str
    price: Amount | None
    choices: Values = field(default_factory=dict)
    weight_g: float | None = None
    cost_minor: int | None = None


def add_product(code: str, terms: ProductTerms, *, at: datetime) -> Product:
    """A new product without articles. Problem `code-taken` (409)."""
    try:
        with transaction.atomic():
            product = Product.objects.create(code=code, added_at=at, changed_at=at, **asdict(terms))
            leave_for_index([code], at=at)
    except IntegrityError:
        raise Problem("code-taken", _("Another product has this code."), status=409, field="code") from None
    return product


def edit_product(product: Product, terms: ProductTerms, *, seen: str, by: str, at: datetime) -> bool:
    """Save what was said of a product; whether all of it holds now.

    `seen` is the edition that the person had before his eyes. A data sheet that the guard doubts is held, the rest is
    saved. Problem `changed-meanwhile` (409), and nothing is saved.
    """
    with transaction.atomic():
        now = Product.objects.select_for_update().get(pk=product.pk)
        require_same(seen, terms_of_product(now))
        said = asdict(terms)
        doubts = doubts_about_sheet(terms.specifications, now.specifications)
        if doubts:
            said["specifications"] = now.specifications
            hold([Doubtful(What.SHEET, now.code, now.pk, now.specifications, dict(terms.specifications), doubts)],
                 made_by=by, at=at)  # fmt: skip
        elif terms.specifications != now.specifications:
            overtake([subject_of(What.SHEET, now.code)], by=by, at=at)
        if any(getattr(now, name) != value for name, value in said.items()):
            Product.objects.filter(pk=now.pk).update(**said, changed_at=at)
            leave_for_index([now.code], at=at)
    return not doubts


def add_variant(product: Product, terms: VariantTerms, *, by: str, at: datetime) -> Variant:
    """A new article of a product; a first price that is below its cost is held. Problems `sku-taken`, `bad-price`."""
    _require(terms)
    try:
        with transaction.atomic():
            said = {name: value for name, value in asdict(terms).items() if name != "price"}
            variant = Variant.objects.create(product=product, position=product.variants.count(), **said)
            if terms.price is not None:
                set_prices([variant], {variant.pk: terms.price}, made_by=by, at=at)
            _changed(product, at)
    except IntegrityError:
        raise _taken() from None
    return variant


def edit_variant(variant: Variant, terms: VariantTerms, *, seen: str, by: str, at: datetime) -> bool:
    """Save what was said of an article; whether all of it holds now: a price that the guard doubts is held.

    Problems: `changed-meanwhile`, `sku-taken` (409), `bad-price`; nothing is saved then.
    """
    _require(terms)
    try:
        with transaction.atomic():
            locked = Variant.objects.select_for_update(of=("self",)).select_related("price", "product")
            now = locked.get(pk=variant.pk)
            require_same(seen, terms_of_variant(now))
            said = {name: value for name, value in asdict(terms).items() if name != "price"}
            for name, value in said.items():
                setattr(now, name, value)
            now.save(update_fields=list(said))
            held = _price_again(now, terms.price, by=by, at=at)
            _changed(now.product, at)
    except IntegrityError:
        raise _taken() from None
    return not held


def count_stock(
    variant: Variant, counted: Sequence[tuple[str, int, date | None]], *, seen: str, by: str, at: datetime
) -> bool:
    """Save what was counted (storehouse, pieces, the day on which more are expected); whether all of it holds now.

    Problems: `changed-meanwhile`, `below-reserved` (409); nothing is saved then.
    """
    with transaction.atomic():
        Variant.objects.select_for_update().get(pk=variant.pk)
        require_same(seen, count_of_stock(variant))
        set_stock([StockRow(variant.sku, pieces, house, day) for house, pieces, day in counted], at=at, made_by=by)
        now = count_of_stock(variant)
    return all(now.get(house) == [pieces, day] for house, pieces, day in counted)


def _price_again(variant: Variant, price: Amount | None, *, by: str, at: datetime) -> bool:
    """Whether the new price waits for a person."""
    if price is not None:
        return bool(set_prices([variant], {variant.pk: price}, made_by=by, at=at).held)
    Variant.objects.filter(pk=variant.pk).update(price=None)
    overtake([subject_of(What.PRICE, variant.sku)], by=by, at=at)
    return False


def _changed(product: Product, at: datetime) -> None:
    Product.objects.filter(pk=product.pk).update(changed_at=at)
    leave_for_index([product.code], at=at)


def _require(terms: VariantTerms) -> None:
    if terms.price is not None:
        require_amount(terms.sku, terms.price.minor)


def _taken() -> Problem:
    return Problem("sku-taken", _("Another article has this number."), status=409, field="sku")
