"""The goods that both shops sell: made up, always the same."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass

PRODUCTS, SHELVES = 2_000, 40
KINDS = ["Lamp", "Kettle", "Chair", "Notebook", "Scarf", "Teapot", "Rug", "Clock", "Basket", "Mirror", "Tray", "Stool"]
LOOKS = ["blue", "walnut", "small", "folding", "brass", "woven", "round", "tall", "plain", "painted", "copper", "light"]
FROM = ["Shiraz", "Basra", "Lyon", "Porto", "Tabriz", "Fez", "Delft", "Kyoto", "Yazd", "Muscat", "Turin", "Leeds"]


@dataclass(frozen=True)
class Good:
    """One product of one article; `price` is a whole amount, `stock` pieces lie in the one store."""

    code: str
    title: str
    description: str
    shelf: str
    price: int
    stock: int


def goods() -> list[dict[str, object]]:
    chance = random.Random(11)
    return [asdict(_good(number, chance)) for number in range(PRODUCTS)]


def _good(number: int, chance: random.Random) -> Good:
    look, kind, place = chance.choice(LOOKS), chance.choice(KINDS), chance.choice(FROM)
    title = f"{look.capitalize()} {kind.lower()} from {place}, number {number}"
    told = " ".join(f"A {chance.choice(LOOKS)} {kind.lower()}, made in {place}." for _each in range(6))
    return Good(f"g{number}", title, told, f"s{number % SHELVES}", chance.randint(5, 900), chance.randint(1, 40))
