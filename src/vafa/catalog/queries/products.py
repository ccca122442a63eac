"""A product with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vafa.catalog.models import Variant
from vafa.catalog.models.products import AnswerShown, Configurable, SpecificationTerms, Texts
from vafa.catalog.queries.cards import OF_A_CARD, Card, Row, cards_and_parts, shown_products
from vafa.kit.prepared import Prepared

OF_A_SHEET = (
    *OF_A_CARD, "category__code", "category__specifications", "specifications", "description", "lead_days", "answers",
)  # fmt: skip

_BY_CODES = Prepared(lambda codes: shown_products().filter(code__in=codes).values_list(*OF_A_SHEET))


@dataclass(frozen=True, slots=True)
class DataLine:
    """One line of the data sheet."""

    name: Texts
    value: str | Texts
    unit: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A product's page: its card, its shelf's code, and the rest. `lead_days` are working days before packing;
    `parts_there` are the free pieces of every article that can go into it.
    """

    card: Card
    shelf: str
    description: Texts
    lines: tuple[DataLine, ...]
    lead_days: int
    weight_g: float | None
    answers: tuple[AnswerShown, ...] = ()
    configurable: Configurable | None = None  # None: it is sold as it is
    parts_there: Mapping[str, int] = field(default_factory=dict)


def sheet(code: str) -> Sheet | None:
    """The product with this code; None where there is none that customers may see. Three queries."""
    return next(iter(sheets([code])), None)


def sheets(codes: Sequence[str]) -> list[Sheet]:
    """The products with these codes in this order; those that customers may not see are left out. Three queries."""
    storable = [code for code in codes if "\x00" not in code]  # PostgreSQL takes no such text
    rows = {row["code"]: row for row in (dict(zip(OF_A_SHEET, row, strict=True)) for row in _BY_CODES.rows(storable))}
    found, there = cards_and_parts(rows.values(), {sku for row in rows.values() for sku in _parts_of(row)})
    return [_sheet(rows[code], found[rows[code]["id"]], there) for code in storable if code in rows]


def _parts_of(row: Row) -> Iterator[str]:
    """Every article that can go into the product."""
    of: Configurable | None = row["configurable"]
    for option in of["options"] if of else ():
        for value in option["values"]:
            yield from value.get("counted", ())


def _sheet(row: Row, card: Card, there: Mapping[str, int]) -> Sheet:
    weights = [offer.weight_g for offer in card.offers if offer.weight_g is not None]
    return Sheet(
        card=card,
        shelf=row["category__code"],
        description=row["description"],
        lines=lines_of(row["category__specifications"], row["specifications"]),
        lead_days=row["lead_days"],
        weight_g=max(weights, default=None),
        answers=tuple(row["answers"]),
        configurable=row["configurable"],
        parts_there={sku: there.get(sku, 0) for sku in _parts_of(row)},
    )


def lines_of(terms: Sequence[SpecificationTerms], values: Mapping[str, str | Texts]) -> tuple[DataLine, ...]:
    """The lines of a category's data sheet of which a product says something, in their order."""
    return tuple(DataLine(line["name"], values[line["code"]], line["unit"]) for line in terms if line["code"] in values)


def sells_anything() -> bool:
    """Whether customers see any article with a price, be a piece of it there or not."""
    return Variant.objects.filter(product__public=True).exclude(price=None).exists()
