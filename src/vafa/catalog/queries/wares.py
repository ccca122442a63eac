"""Every article that customers can see with its price, a portion at a time, for lists that others keep of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, QuerySet, Sum
from django.db.models.functions import Greatest

from vafa.catalog.models import Brand, Picture, Stock, Variant
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.products import DataLine, lines_of

PORTION = 500
OF_A_WARE = (
    "pk", "sku", "choices", "price__amount_minor", "price__currency", "price__since", "product_id", "product__code",
    "product__title", "product__description", "product__brand__name", "product__category__name",
    "product__category__specifications", "product__specifications", "product__added_at", "product__changed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ware:
    """One article with what its product is. `number` never changes and grows; `changed_at` tells of words and price,
    not of pieces. `pictures` are names of files.
    """

    number: int
    sku: str
    choices: dict[str, str | Texts]
    price_minor: int
    currency: str
    pieces: int
    product: str
    title: Texts
    description: Texts
    brand: Texts
    shelf: Texts
    sheet: tuple[DataLine, ...]
    pictures: tuple[str, ...]
    added_at: datetime
    changed_at: datetime


def all_wares() -> Iterator[list[Ware]]:
    """All of them in the order of their numbers, some hundred at a time: four queries each."""
    last = 0
    while found := _wares(_shown().filter(pk__gt=last).order_by("pk"), PORTION):
        yield found
        last = found[-1].number


def wares_page(number: int, size: int, *, currency: str, by_change: bool = False) -> tuple[list[Ware], int]:
    """Page `number` (from 1) of those priced in this currency, the newest or last changed first; how many there are."""
    shown = _shown().filter(price__currency=currency)
    moment = Greatest("product__changed_at", "price__since") if by_change else F("product__added_at")
    first = (number - 1) * size
    return _wares(shown.order_by(moment.desc(), "-pk"), size, first=first), shown.count()


def wares_below(number: int | None, size: int, *, currency: str) -> list[Ware]:
    """The first of those with a smaller number, the highest number first; from the very first for None."""
    shown = _shown().filter(price__currency=currency).order_by("-pk")
    return _wares(shown if number is None else shown.filter(pk__lt=number), size)


def wares_named(*, currency: str, skus: Sequence[str] = (), products: Sequence[str] = ()) -> list[Ware]:
    """These articles, and all articles of these products; those that nobody can see are left out."""
    shown = _shown().filter(price__currency=currency).order_by("pk")
    named = shown.filter(sku__in=skus) | shown.filter(product__code__in=products)
    return _wares(named, None)


def state_of_wares() -> str:
    """A word that is another as soon as `all_wares` tells other words, prices or pictures, or an article came back or
    is sold out; numbers of pieces make no difference. Five queries, and little memory, however many there are.
    """
    digest = hashlib.sha256()
    shown = _shown().aggregate(Count("pk"), Sum("pk"), Max("product__changed_at"))
    pictures = Picture.objects.aggregate(Count("pk"), Sum("pk"), Max("pk"))
    brands = list(Brand.objects.order_by("pk").values_list("pk", "name"))
    digest.update(repr((shown, pictures, brands)).encode())
    prices = _shown().order_by("pk").values_list("price", flat=True).iterator()
    there = Stock.objects.filter(on_hand__gt=F("reserved")).order_by("pk").values_list("variant", flat=True).iterator()
    for number in there:
        digest.update(b"%d " % number)
    digest.update(b"and prices ")
    for price in prices:
        digest.update(b"%d " % price)
    return digest.hexdigest()[:32]


def _shown() -> QuerySet[Variant]:
    return Variant.objects.filter(product__public=True, price__isnull=False)


def _wares(wanted: QuerySet[Variant], most: int | None, *, first: int = 0) -> list[Ware]:
    """The numbers first: what has to be sorted is small then."""
    numbers = list(wanted.values_list("pk", flat=True)[first : None if most is None else first + most])
    rows = {row["pk"]: row for row in Variant.objects.filter(pk__in=numbers).values(*OF_A_WARE)}
    pieces = dict(
        Stock.objects.filter(variant__in=numbers)
        .values("variant")
        .annotate(there=Sum(F("on_hand") - F("reserved")))
        .values_list("variant", "there")
    )
    pictures: dict[int, list[str]] = defaultdict(list)
    of_products = {row["product_id"] for row in rows.values()}
    shown = Picture.objects.filter(product__in=of_products).order_by("position", "pk")
    for product, file in shown.values_list("product_id", "file"):
        pictures[product].append(file)
    return [
        Ware(
            number=number,
            sku=row["sku"],
            choices=row["choices"],
            price_minor=row["price__amount_minor"],
            currency=row["price__currency"],
            pieces=pieces.get(number, 0),
            product=row["product__code"],
            title=row["product__title"],
            description=row["product__description"],
            brand=row["product__brand__name"] or {},
            shelf=row["product__category__name"],
            sheet=lines_of(row["product__category__specifications"], row["product__specifications"]),
            pictures=tuple(pictures.get(row["product_id"], ())),
            added_at=row["product__added_at"],
            changed_at=max(row["product__changed_at"], row["price__since"]),
        )
        for number in numbers
        if (row := rows.get(number))
    ]
