"""The staff's list of products, public or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum

from vafa.catalog.models import HeldChange, HeldState, Picture, Product, Stock, Variant
from vafa.catalog.queries.shelves import shelves
from vafa.catalog.search.asking import Asked, ask
from vafa.catalog.search.here import the_index
from vafa.engine.folding import fold

PAGE = 30
MOST_FOUND = 400
EVERY = 20_000
HIDDEN_LOOKED_AT = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """A product in the staff's list; `pieces` are free ones of all its articles."""

    number: int
    code: str
    title: Mapping[str, str]
    shelf: Mapping[str, str]
    public: bool
    articles: int
    least_minor: int | None
    currency: str
    pieces: int
    waits: bool
    picture: str


def product_lines(*, words: str = "", shelf: str = "", state: str = "", below: int | None = None) -> list[Line]:
    """The newest first, PAGE and one more, those below this number. Four queries, one more for words."""
    found = narrowed(Product.objects.all(), words=words, shelf=shelf, state=state).order_by("-pk")
    if below is not None:
        found = found.filter(pk__lt=below)
    return _lines(list(found.values("pk", "code", "title", "category__name", "public")[: PAGE + 1]))


def narrowed(
    products: QuerySet[Product], *, words: str = "", shelf: str = "", state: str = "", most: int | None = MOST_FOUND
) -> QuerySet[Product]:
    """Those that fit, `most` of those with words: by words of titles, codes or numbers of articles, a shelf with all
    below it, a state.
    """
    if words.strip():
        products = products.filter(pk__in=_found(words, most or EVERY))
    if shelf:
        below = [code for code, each in shelves().items() if shelf in each.path]
        products = products.filter(category__code__in=below)
    waits = HeldChange.objects.filter(product=OuterRef("pk"), state=HeldState.WAITING)
    there = Stock.objects.filter(variant__product=OuterRef("pk"), on_hand__gt=F("reserved"))
    priced = Variant.objects.filter(product=OuterRef("pk"), price__isnull=False)
    conditions: dict[str, Any] = {
        "public": Q(public=True),
        "hidden": Q(public=False),
        "sold-out": ~Exists(there),
        "unpriced": ~Exists(priced),
        "waiting": Exists(waits),
    }
    return products.filter(conditions[state]) if state in conditions else products


def _found(words: str, most: int) -> set[int]:
    """What the index has, codes and article numbers that begin so, and hidden products by their folded titles."""
    codes = ask(the_index(), Asked(words), most=most, facets=False).codes
    plain = words.strip().replace("\x00", "")
    known = Product.objects.filter(Q(code__in=codes) | Q(code__istartswith=plain) | Q(variants__sku__istartswith=plain))
    numbers = set(known.values_list("pk", flat=True)[:most])
    wanted = fold(plain).split()
    hidden = Product.objects.filter(public=False).order_by("-pk").values_list("pk", "title")[:HIDDEN_LOOKED_AT]
    return numbers | {pk for pk, title in hidden if all(each in fold(" ".join(title.values())) for each in wanted)}


def _lines(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    numbers = [row["pk"] for row in rows]
    articles, pieces, pictures = _articles(numbers), _pieces(numbers), _pictures(numbers)
    waits = HeldChange.objects.filter(product__in=numbers, state=HeldState.WAITING)
    waiting = set(waits.values_list("product", flat=True))
    found = []
    for row in rows:
        many, least, currency = articles.get(row["pk"], (0, None, ""))
        found.append(Line(
            number=row["pk"], code=row["code"], title=row["title"], shelf=row["category__name"], public=row["public"],
            articles=many, least_minor=least, currency=currency or "", pieces=pieces.get(row["pk"], 0),
            waits=row["pk"] in waiting, picture=pictures.get(row["pk"], ""),
        ))  # fmt: skip
    return found


def _articles(numbers: Sequence[int]) -> dict[int, tuple[int, int | None, str | None]]:
    rows = Variant.objects.filter(product__in=numbers).order_by().values("product")
    found = rows.annotate(many=Count("pk"), least=Min("price__amount_minor"), currency=Min("price__currency"))
    return {each["product"]: (each["many"], each["least"], each["currency"]) for each in found}


def _pieces(numbers: Sequence[int]) -> dict[int, int]:
    rows = Stock.objects.filter(variant__product__in=numbers).values("variant__product")
    return dict(rows.annotate(free=Sum(F("on_hand") - F("reserved"))).values_list("variant__product", "free"))


def _pictures(numbers: Sequence[int]) -> dict[int, str]:
    """The first of each."""
    rows = Picture.objects.filter(product__in=numbers).order_by("-position", "-pk")
    return dict(rows.values_list("product", "file"))
