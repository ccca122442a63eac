"""Questions to the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

import tantivy

from vafa.catalog.search.documents import WORDS, Feature
from vafa.catalog.search.index import Index
from vafa.catalog.search.thesaurus import NOTHING, Meant, Phrase, Thesaurus
from vafa.engine.terms import joined_terms_of, terms_of, words_of

SHORTEST_TYPO = 4  # a word of three letters is one slip away from too many others
TYPO_WEIGHT = 7.0  # a guessed word counts about as much as a rare one that was found
SYNONYM_WEIGHT = 0.9  # what was typed comes before what means the same
MOST_WORDS = 24


class Sorting(StrEnum):
    """In which order the answer comes. Without words to rank by, best is newest."""

    BEST = "best"
    NEWEST = "newest"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for. `shelf`, `brands` and `features` are codes, of several features of one line of the data
    sheet any will do; prices in minor units, both ends included.
    """

    words: str = ""
    shelf: str = ""
    brands: Sequence[str] = ()
    features: Sequence[str] = ()
    least_minor: int | None = None
    most_minor: int | None = None
    there_only: bool = False
    sorting: Sorting = Sorting.BEST


@dataclass(frozen=True, slots=True)
class Found:
    """Codes of one page, how many there are in all, and how many each shelf, brand and feature has.

    `guessed` are words that no product has, for which near ones were taken.
    """

    codes: list[str]
    total: int
    shelves: dict[str, int] = field(default_factory=dict)
    brands: dict[str, int] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    features: list[tuple[Feature, int]] = field(default_factory=list)


def ask(
    index: Index,
    asked: Asked,
    *,
    first: int = 0,
    most: int = 24,
    facets: bool = True,
    thesaurus: Thesaurus = NOTHING,
) -> Found:
    """One page of what was asked for, `first` counted from 0.

    Every product with one of the words is found; the more of them it has, and the rarer they are, the earlier it comes
    (BM25). A word of the `thesaurus` finds what its synonyms do. Another word that no product has is taken for a slip:
    one letter wrong, missing, too many, or two exchanged. What is asked without words, as the first page and the
    shelves do for everybody, is kept until the index changes.
    """
    if asked.words:
        return _found(index, index.searcher(), asked, first, most, facets, thesaurus)
    question = (replace(asked, brands=tuple(asked.brands), features=tuple(asked.features)), first, most, facets)
    return index.remembered(question, lambda searcher: _found(index, searcher, asked, first, most, facets, NOTHING))


def _found(
    index: Index, searcher: tantivy.Searcher, asked: Asked, first: int, most: int, facets: bool, thesaurus: Thesaurus
) -> Found:
    query, guessed = _query(index, searcher, asked, thesaurus)
    by_field, order = _ordering(asked)
    found = searcher.search(query, most, count=True, offset=first, order_by_field=by_field, order=order)
    codes = [str(searcher.doc(address)["code"][0]) for _score, address in found.hits]
    counted = _facets(searcher, query) if facets else {}
    total = int(getattr(found, "count", 0) or 0)  # the library's own description leaves it out
    features = [(Feature.from_text(text), many) for text, many in counted.get("features", {}).items()]
    return Found(codes, total, counted.get("shelves", {}), counted.get("brands", {}), guessed, features)


def suggest(index: Index, typed: str, *, most: int = 8, thesaurus: Thesaurus = NOTHING) -> list[str]:
    """Codes of products whose words begin as the last word typed does or mean the same, those with the other words
    first.
    """
    words = words_of(typed)[:MOST_WORDS]
    if not words:
        return []
    searcher = index.searcher()
    *whole, begun = words
    parts = [(tantivy.Occur.Should, _term(index, word)) for word in whole]
    beginning = tantivy.Query.boost_query(tantivy.Query.regex_query(index.schema, "name", f"{begun}.*"), 2.0)
    others = _others(index, thesaurus.read([begun])[0])
    parts.append((tantivy.Occur.Must, tantivy.Query.disjunction_max_query([beginning, *others])))
    found = searcher.search(tantivy.Query.boolean_query(parts), most, count=False)
    return [str(searcher.doc(address)["code"][0]) for _score, address in found.hits]


def _query(
    index: Index, searcher: tantivy.Searcher, asked: Asked, thesaurus: Thesaurus
) -> tuple[tantivy.Query, list[str]]:
    words, guessed = _words_query(index, searcher, asked.words, thesaurus)
    parts = [(tantivy.Occur.Must, words), *((tantivy.Occur.Must, each) for each in _narrowing(index, asked))]
    return tantivy.Query.boolean_query(parts), guessed


def _words_query(
    index: Index, searcher: tantivy.Searcher, words: str, thesaurus: Thesaurus
) -> tuple[tantivy.Query, list[str]]:
    terms = Counter(terms_of(words)[:MOST_WORDS])
    if not terms:
        return tantivy.Query.all_query(), []
    meant = [each for each in thesaurus.read(words_of(words)[:MOST_WORDS]) if each.others]
    known = {term for each in meant for term in each.phrase}
    guessed = [
        term for term in terms if len(term) >= SHORTEST_TYPO and term not in known and not _is_known(searcher, term)
    ]
    alone = {each.phrase[0]: each for each in meant if len(each.phrase) == 1}
    parts = []
    for term in terms:
        query = _guess(index, term) if term in guessed else _term(index, term)
        same = _others(index, alone[term]) if term in alone else []
        parts.append(tantivy.Query.disjunction_max_query([query, *same]) if same else query)
    parts += [tantivy.Query.disjunction_max_query(_others(index, each)) for each in meant if len(each.phrase) > 1]
    parts += [_joined(index, term) for term in joined_terms_of(words)[:MOST_WORDS]]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts]), guessed


def _others(index: Index, meant: Meant) -> list[tantivy.Query]:
    """What means the same, each a little lighter than what was typed."""
    return [tantivy.Query.boost_query(_phrase(index, other), SYNONYM_WEIGHT) for other in meant.others]


def _phrase(index: Index, words: Phrase) -> tantivy.Query:
    """All of the words, wherever they stand."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, _term(index, word)) for word in words])


def _is_known(searcher: tantivy.Searcher, term: str) -> bool:
    return any(searcher.doc_freq(name, term) for name in WORDS)


def _term(index: Index, term: str) -> tantivy.Query:
    """The word wherever it stands; where it says most counts."""
    fields = [
        tantivy.Query.boost_query(tantivy.Query.term_query(index.schema, name, term, index_option="freq"), weight)
        for name, weight in WORDS.items()
    ]
    return tantivy.Query.disjunction_max_query(fields)


def _joined(index: Index, term: str) -> tantivy.Query:
    """Two words typed apart that some product writes as one."""
    query = tantivy.Query.term_query(index.schema, "name", term, index_option="freq")
    return tantivy.Query.boost_query(query, WORDS["joined"])


def _guess(index: Index, term: str) -> tantivy.Query:
    near = tantivy.Query.fuzzy_term_query(index.schema, "name", term, distance=1, transposition_cost_one=True)
    return tantivy.Query.boost_query(near, TYPO_WEIGHT)


def _narrowing(index: Index, asked: Asked) -> list[tantivy.Query]:
    schema, parts = index.schema, []
    if asked.shelf:
        parts.append(tantivy.Query.term_query(schema, "shelf_code", asked.shelf, index_option="basic"))
    if asked.brands:
        parts.append(tantivy.Query.term_set_query(schema, "brand_code", list(asked.brands)))
    for _specification, codes in groupby(sorted(set(asked.features)), key=lambda code: code.rpartition("-")[0]):
        parts.append(tantivy.Query.term_set_query(schema, "feature_code", list(codes)))
    if asked.least_minor is not None or asked.most_minor is not None:
        ends = (asked.least_minor or 0, asked.most_minor if asked.most_minor is not None else 2**62)
        parts.append(tantivy.Query.range_query(schema, "price", tantivy.FieldType.Integer, *ends))
    if asked.there_only:
        parts.append(tantivy.Query.term_query(schema, "there", 1))
    return [tantivy.Query.const_score_query(part, 0.0) for part in parts]


def _ordering(asked: Asked) -> tuple[str | None, tantivy.Order]:
    by_words = bool(words_of(asked.words))
    if asked.sorting == Sorting.CHEAPEST:
        return "price", tantivy.Order.Asc
    if asked.sorting == Sorting.DEAREST:
        return "price", tantivy.Order.Desc
    if asked.sorting == Sorting.NEWEST or not by_words:
        return "added", tantivy.Order.Desc
    return None, tantivy.Order.Desc


def _facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, dict[str, int]]:
    counted = searcher.aggregate(
        query,
        {
            "shelves": {"terms": {"field": "shelf_code", "size": 100}},
            "brands": {"terms": {"field": "brand_code", "size": 30}},
            "features": {"terms": {"field": "feature", "size": 60}},
        },
    )
    return {
        name: {bucket["key"]: int(bucket["doc_count"]) for bucket in found["buckets"]}
        for name, found in counted.items()
    }
