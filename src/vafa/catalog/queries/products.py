"""A product with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from vafa.catalog.models.products import Texts
from vafa.catalog.queries.cards import OF_A_CARD, Card, cards_of, shown_products


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
    lead_days: int
    weight_g: float | None


def sheet(code: str) -> Sheet | None:
    """The product with this code; None where there is none that customers may see. Three queries."""
    of_a_sheet = ("category__code", "category__specifications", "specifications", "description", "lead_days")
    if "\x00" in code:  # PostgreSQL takes no such text
        return None
    row = shown_products().filter(code=code).values(*OF_A_CARD, *of_a_sheet).first()
    if row is None:
        return None
    card, values = cards_of([row])[row["id"]], row["specifications"]
    lines = [
        DataLine(line["name"], values[line["code"]], line["unit"])
        for line in row["category__specifications"]
        if line["code"] in values
    ]
    weights = [offer.weight_g for offer in card.offers if offer.weight_g is not None]
    return Sheet(
        card=card,
        shelf=row["category__code"],
        description=row["description"],
        lines=tuple(lines),
        lead_days=row["lead_days"],
        weight_g=max(weights, default=None),
    )
