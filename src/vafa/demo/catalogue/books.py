"""The books: those of `titles`, and as many invented ones as are asked for."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import numpy as np

from vafa.demo.catalogue.editions import book_editions, phone_editions
from vafa.demo.catalogue.things import Thing, slug
from vafa.demo.catalogue.words import LANGUAGES, SHELVES, Texts, Words, filled, joined, number, read, texts
from vafa.demo.titles import BOOKS, BY_NAME, PHONES, Title

SHELF = {"novel": "novels", "phone": "phones"}
AT_HOME = {"آشپزی هفت اقلیم"}  # counted as science where orders are simulated
YEARS = (1392, 1405)
AGES = (
    texts(("۳ تا ۶ سال", "من ٣ إلى ٦ سنوات", "Ages 3 to 6")),
    texts(("۶ تا ۹ سال", "من ٦ إلى ٩ سنوات", "Ages 6 to 9")),
)
# how many write for each shelf, and the number of the first of them: a hundred and twenty in all
WRITERS = {"novels": 40, "poetry": 20, "prose": 6, "history": 18, "science": 16, "life": 8, "children": 12}
FIRST_WRITER = dict(zip(WRITERS, accumulate(WRITERS.values(), initial=0), strict=False))


@dataclass(frozen=True)
class _Draft:
    """A title and where it comes from."""

    shelf: str
    family: Mapping[str, Any]
    parts: Mapping[str, Words]
    title: Texts


def imagine_shelves(seed: int, *, books: int, today: date) -> list[Thing]:
    """Phones and so many books, those of `titles` first. The same seed and day give the same things, always."""
    named = [_named(title, seed, today) for title in (*PHONES, *BOOKS[:books])]
    taken = {thing.code for thing in named}
    invented: list[Thing] = []
    for draft in _drafts(seed):
        if len(invented) == books - min(books, len(BOOKS)):
            break
        code = slug(draft.title["en"])
        if code not in taken and draft.title["fa"] not in BY_NAME:
            taken.add(code)
            invented.append(_invented(draft, code, seed, today))
    return [*named, *invented]


def digest(things: list[Thing]) -> str:
    """SHA-256 over all things: equal digests, equal shelves."""
    return hashlib.sha256("\n".join(map(repr, things)).encode()).hexdigest()


def _drafts(seed: int) -> list[_Draft]:
    """Every title there is room for, in an order of the seed's own."""
    rng = np.random.default_rng([seed, 1])
    found: list[_Draft] = []
    for shelf in SHELVES:
        words = read(shelf)
        for family in words["family"]:
            titles = list(_titles(shelf, family))
            found.extend(titles[k] for k in rng.permutation(len(titles))[: family["quota"]])
    return [found[k] for k in rng.permutation(len(found))]


def _titles(shelf: str, family: Mapping[str, Any]) -> Iterator[_Draft]:
    lists = {name: read("cities")[family[name]] if isinstance(family[name], str) else family[name] for name in "xy"}
    for x in lists["x"]:
        for y in lists["y"]:
            parts = {"x": x, "y": y}
            yield _Draft(shelf, family, parts, filled(family["title"], parts))


def _invented(draft: _Draft, code: str, seed: int, today: date) -> Thing:
    rng = np.random.default_rng([seed, zlib.crc32(code.encode())])
    words, common = read(draft.shelf), read("common")
    pages = int(rng.integers(*words["pages"])) // 8 * 8
    price = (95 + 0.9 * pages) * float(rng.uniform(0.85, 1.2))
    editions, binding = book_editions(
        rng, price=round(price), weight_g=70 + round(1.1 * pages), pages=pages, today=today
    )
    lower = bool(draft.family.get("lower"))
    says = [filled(_one_of(rng, draft.family["opening"]), draft.parts, lower=lower)]
    says.append(texts(_one_of(rng, words["detail"])))
    if rng.random() < 0.5:
        says.append(texts(_one_of(rng, common["closing"])))
    maker, people = _people(rng, draft)
    return Thing(
        code=code,
        shelf=draft.shelf,
        art=words["art"],
        title=draft.title,
        description=joined(says),
        maker=maker,
        sheet={**people, **_print(rng, draft.shelf, pages, binding)},
        age_days=int(rng.integers(1, 1100)),
        editions=editions,
    )


def _people(rng: np.random.Generator, draft: _Draft) -> tuple[Texts, dict[str, Texts]]:
    """Who wrote it or put it together, as its maker; now and then somebody abroad, and who brought it over."""
    common = read("common")
    first, last = common["first"], common["last"]
    abroad = draft.shelf in {"science", "children"} and rng.random() < 0.18
    pool = WRITERS[draft.shelf]
    place = FIRST_WRITER[draft.shelf] + int(rng.integers(pool))
    maker = texts(_one_of(rng, common["abroad"])) if abroad else _writer(place, first, last)
    sheet = {"editor" if draft.family.get("edited") else "author": maker}
    if abroad:
        sheet["translator"] = _writer(place, first, last)
    return maker, sheet


def _writer(place: int, first: list[Words], last: list[Words]) -> Texts:
    """The writer of this number; each name is given once."""
    pair = first[(place + place // len(last) * 7) % len(first)], last[place % len(last)]
    return {language: f"{given} {family}" for language, given, family in zip(LANGUAGES, *pair, strict=True)}


def _print(rng: np.random.Generator, shelf: str, pages: int, binding: Texts | None) -> dict[str, Texts]:
    """What the last page of a book says of its making."""
    year = int(rng.integers(*YEARS))
    sheet = {
        "publisher": texts(_one_of(rng, read("common")["publishers"])),
        "year": {**number(year + 621), "fa": number(year)["fa"]},
        "pages": number(pages),
    }
    if binding is not None:
        sheet["binding"] = binding
    if shelf == "children":
        sheet["age"] = AGES[pages > 40]
    return sheet


def _named(title: Title, seed: int, today: date) -> Thing:
    """A thing of `titles`, of which the shop sells most."""
    words = read("classics")[title.name]
    rng = np.random.default_rng([seed, zlib.crc32(title.name.encode())])
    is_phone = title.shelf == "phone"
    english = title.english if is_phone else title.english.partition(",")[0]
    shelf = "life" if title.name in AT_HOME else SHELF.get(title.shelf, title.shelf)
    maker_fa = words["names"][3] if is_phone else title.author
    maker = texts((maker_fa, words["names"][1], words["names"][2]))
    sold: dict[str, Any] = {"price": title.price, "weight_g": title.weight_g, "today": today}
    if is_phone:
        editions, sheet = phone_editions(rng, **sold), _phone_sheet(title)
    else:
        pages = max((title.weight_g - 60) // 9 * 8, 32)
        editions, binding = book_editions(rng, pages=pages, sells_well=True, **sold)
        sheet = {"author": maker, **_print(rng, shelf, pages, binding)}
    return Thing(
        code=slug(english),
        shelf=shelf,
        art=title.shelf,
        title=texts((title.name, words["names"][0], english)),
        maker=maker,
        description=texts(words["says"]),
        sheet=sheet,
        age_days=int(rng.integers(200, 1100)),
        editions=editions,
    )


def _phone_sheet(title: Title) -> dict[str, Texts]:
    size = int("".join(sign for sign in title.english.partition(",")[2] if sign.isdigit()))
    written, months = number(size), number(18)
    units, spans = texts(("گیگابایت", "غيغابايت", "GB")), texts(("ماه", "شهرًا", "months"))
    return {
        "storage": {language: f"{written[language]} {units[language]}" for language in LANGUAGES},
        "warranty": {language: f"{months[language]} {spans[language]}" for language in LANGUAGES},
    }


def _one_of(rng: np.random.Generator, choices: list[Words]) -> Words:
    return choices[int(rng.integers(len(choices)))]
