"""Products that fit what somebody needs, the most fitting first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy

from vafa.catalog.search.index import Index

ANY_PRICE = 2**62


@dataclass(frozen=True, slots=True)
class Want:
    """What a product should have: one of the features with these codes, and a price between both ends (minor units,
    included). `must`: without it the product is none of those looked for.
    """

    features: tuple[str, ...] = ()
    least_minor: int | None = None
    most_minor: int | None = None
    must: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everything fulfils it."""
        return not self.features and self.least_minor is None and self.most_minor is None

    def is_met_by(self, features: frozenset[str], price_minor: int | None) -> bool:
        """Whether a product with these features at this price has it."""
        if self.features and features.isdisjoint(self.features):
            return False
        if self.least_minor is None and self.most_minor is None:
            return True
        return price_minor is not None and (self.least_minor or 0) <= price_minor <= (
            ANY_PRICE if self.most_minor is None else self.most_minor
        )


def fitting(index: Index, shelf: str, wants: Sequence[Want], *, most: int) -> list[str]:
    """Codes of what is there on the shelf and below it: those that meet the most wants first."""
    schema = index.schema
    parts = [
        (tantivy.Occur.Must, _silent(tantivy.Query.term_query(schema, "shelf_code", shelf, index_option="basic"))),
        (tantivy.Occur.Must, _silent(tantivy.Query.term_query(schema, "there", 1))),
    ]
    for want in wants:
        if not want.is_empty:
            occur = tantivy.Occur.Must if want.must else tantivy.Occur.Should
            parts.append((occur, tantivy.Query.const_score_query(_meeting(index, want), 1.0)))
    searcher = index.searcher()
    found = searcher.search(tantivy.Query.boolean_query(parts), most, count=False)
    return [str(searcher.doc(address)["code"][0]) for _score, address in found.hits]


def _meeting(index: Index, want: Want) -> tantivy.Query:
    parts = []
    if want.features:
        parts.append(tantivy.Query.term_set_query(index.schema, "feature_code", list(want.features)))
    if want.least_minor is not None or want.most_minor is not None:
        ends = (want.least_minor or 0, ANY_PRICE if want.most_minor is None else want.most_minor)
        parts.append(tantivy.Query.range_query(index.schema, "price", tantivy.FieldType.Integer, *ends))
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _silent(query: tantivy.Query) -> tantivy.Query:
    """A condition that says nothing of how well something fits."""
    return tantivy.Query.const_score_query(query, 0.0)
