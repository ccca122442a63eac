"""How well and how fast products are found.

`python3 dev.py bench search`. Quality on the PriceRunner offers (the same product in many shops): the query is the
first four words of one shop's title, relevant are the other offers of its cluster, its own offer is taken out of the
answer; again with two letters exchanged in one word of five letters or more. On the Persian products of Digikala: the
title as phones type it. Speed on 100,000 products: those titles, and more made of their words.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from table import Row, finish

DATA = Path(os.environ.get("VAFA_TEST_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")) / "catalog"
LARGE, LOOKED_AT, QUERIES = 100_000, 200, 4_000
BATCH = 20_000


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"search: no products in {DATA.parent} (VAFA_TEST_DATA names another folder)")
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        finish([*offers(Path(folder)), *persian(Path(folder)), *large(Path(folder))])


def read(name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def indexed(folder: Path, titles: Sequence[str]) -> object:
    """An index of titles alone; the code of each is its place in the list."""
    from vafa.catalog.search.documents import Entry
    from vafa.catalog.search.index import Index

    index = Index(folder)
    index.replace(Entry(str(number), [title], added=number) for number, title in enumerate(titles))
    return index


# --- quality


def offers(folder: Path) -> list[Row]:
    rows = read("pricerunner_offers.csv.gz")
    titles, clusters = [row["product_title"] for row in rows], [row["cluster_id"] for row in rows]
    index, size, chance = indexed(folder / "offers", titles), Counter(clusters), random.Random(1)
    asked = chance.sample([number for number, cluster in enumerate(clusters) if size[cluster] > 1], QUERIES)
    begun = [" ".join(titles[number].split()[:4]) for number in asked]
    slipped = [slip(words, chance) for words in begun]

    def judged(queries: Sequence[str]) -> tuple[float, float]:
        reciprocal, recall = [], []
        for number, words in zip(asked, queries, strict=True):
            codes = [code for code in answer(index, words, LOOKED_AT) if code != number]
            right = [clusters[code] == clusters[number] for code in codes]
            reciprocal.append(1 / (right.index(True) + 1) if True in right else 0.0)
            recall.append(sum(right[:10]) / min(10, size[clusters[number]] - 1))
        return mean(reciprocal), mean(recall)

    (as_typed, found), (with_slip, found_then) = judged(begun), judged(slipped)
    return [
        Row(f"PriceRunner, {len(rows):,} offers, {QUERIES:,} queries: mean reciprocal rank", "≥ 0.68, aim 0.70",
            f"{as_typed:.3f} (recall at ten {found:.3f})", as_typed >= 0.68),
        Row("  with two letters exchanged in one word", "≥ 0.64", f"{with_slip:.3f} (recall at ten {found_then:.3f})",
            with_slip >= 0.64),
    ]  # fmt: skip


def slip(words: str, chance: random.Random) -> str:
    """Two letters that stand beside each other exchanged, in one word of five letters or more where there is one."""
    split = words.split()
    long = [place for place, word in enumerate(split) if len(word) >= 5]
    if long:
        place = chance.choice(long)
        word, at = split[place], chance.randrange(len(split[place]) - 1)
        split[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(split)


def persian(folder: Path) -> list[Row]:
    titles = sorted({row["title_fa"] for row in read("digikala_products_fa.csv.gz")})
    index, chance = indexed(folder / "persian", titles), random.Random(2)
    typed = [as_typed(title, chance) for title in titles for _again in range(5)]
    first_three = [
        number // 5 in answer(index, words, 3)
        for number, words in enumerate(typed)
        if typed[number] != titles[number // 5]
    ]
    share = mean(first_three)
    name = (
        f"Digikala, {len(titles)} Persian titles typed with other letters, half-spaces and digits: in the first three"
    )
    return [Row(name, "≥ 98 %", f"{share:.1%} of {len(first_three):,}", share >= 0.98)]


ARABIC = str.maketrans({"ی": "ي", "ک": "ك"})
OTHER_DIGITS = str.maketrans({**dict(zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", strict=True)),
                              **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True))})  # fmt: skip


def as_typed(title: str, chance: random.Random) -> str:
    """Arabic letters for Persian ones, half-spaces left out or typed as spaces, each digit in one of two scripts."""
    text = title.translate(ARABIC) if chance.random() < 0.7 else title
    text = re.sub("\u200c", lambda _found: chance.choice(["", " "]), text)
    return "".join(each.translate(OTHER_DIGITS) if chance.random() < 0.5 else each for each in text)


def answer(index: object, words: str, most: int) -> list[int]:
    from vafa.catalog.search.asking import Asked, ask

    return [int(code) for code in ask(index, Asked(words), most=most, facets=False).codes]


# --- speed


def large(folder: Path) -> list[Row]:
    from vafa.catalog.search.asking import Asked, ask, suggest
    from vafa.catalog.search.documents import Entry
    from vafa.catalog.search.index import Index

    rows, chance = read("pricerunner_offers.csv.gz"), random.Random(3)
    titles = [row["product_title"] for row in rows]
    words = [word for title in titles for word in title.split()]
    titles += [" ".join(chance.choices(words, k=chance.randint(5, 14))) for _each in range(LARGE - len(titles))]
    shelves, index = [f"s{number}" for number in range(40)], Index(folder / "large")
    began = time.perf_counter()
    index.replace(
        Entry(str(number), [title], brand=f"b{number % 300}", shelves=[shelves[number % 40]], price_minor=number,
              there=number % 9 > 0, added=number)
        for number, title in enumerate(titles)
    )  # fmt: skip
    built = time.perf_counter() - began
    queries = [" ".join(chance.choice(titles).split()[: chance.randint(1, 4)]) for _each in range(2_000)]
    queries = [slip(each, chance) if number % 4 == 0 else each for number, each in enumerate(queries)]
    whole = timed(lambda each: ask(index, Asked(each)), queries)
    typing = timed(lambda each: suggest(index, each[: max(3, len(each) // 2)]), queries)
    began = time.perf_counter()
    index.write([Entry("7", ["one product more"])])
    written = time.perf_counter() - began
    return [
        Row(f"{LARGE:,} products: an answer with facets and counts, a quarter with a slip, p50", "≤ 5 ms",
            f"{whole[0]:.1f} ms", whole[0] <= 5),
        Row("  p99", "≤ 30 ms", f"{whole[1]:.1f} ms", whole[1] <= 30),
        Row("  suggestions while typing, p50 / p99", "", f"{typing[0]:.1f} / {typing[1]:.1f} ms"),
        Row("  the index made anew; one change written", "", f"{built:.1f} s; {written * 1000:.0f} ms"),
    ]  # fmt: skip


def timed(work: object, queries: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile in ms."""
    spent = []
    for each in queries:
        began = time.perf_counter()
        work(each)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return spent[len(spent) // 2], spent[int(len(spent) * 0.99)]


if __name__ == "__main__":
    main()
