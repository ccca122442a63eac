"""A product with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from vafa.catalog.models import Picture
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.cards import Card, card_of, shown_products


@dataclass(frozen=True, slots=True)
class DataLine:
    """One line of the data sheet."""

    name: Texts
    value: str | Texts
    unit: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A product's page: its card, its shelf's code, and the rest. `lead_days` are working days before packing."""

    card: Card
    shelf: str
    description: Texts
    lines: tuple[DataLine, ...]
    pictures: tuple[Picture, ...]
    lead_days: int
    weight_g: float | None


def sheet(code: str) -> Sheet | None:
    """The product with this code; None where there is none that customers may see. Three queries."""
    product = shown_products().select_related("category", "brand").filter(code=code).first()
    if product is None:
        return None
    values = product.specifications
    lines = [
        DataLine(line["name"], values[line["code"]], line["unit"])
        for line in product.category.specifications
        if line["code"] in values
    ]
    weights = [variant.weight_g for variant in product.variants.all() if variant.weight_g is not None]
    return Sheet(
        card=card_of(product),
        shelf=product.category.code,
        description=product.description,
        lines=tuple(lines),
        pictures=tuple(product.pictures.all()),
        lead_days=product.lead_days,
        weight_g=max(weights, default=None),
    )
