"""What a simulated customer puts in the basket: one to four titles, now and then a phone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vafa.demo.titles import BOOKS, CATEGORY, PHONES, Title

_BOOK_SHARES = np.cumsum([title.demand for title in BOOKS]) / sum(title.demand for title in BOOKS)
_PHONE_SHARES = np.cumsum([title.demand for title in PHONES]) / sum(title.demand for title in PHONES)
PHONE_SHARE = 0.035
TRANSPORT_BOX_G = 140


@dataclass(frozen=True)
class Basket:
    """The titles of one order, by name."""

    titles: tuple[Title, ...]

    @property
    def has_phone(self) -> bool:
        return any(title.shelf == "phone" for title in self.titles)

    @property
    def price_toman(self) -> int:
        return 1000 * sum(title.price for title in self.titles)

    @property
    def weight_g(self) -> float:
        return float(TRANSPORT_BOX_G + sum(title.weight_g for title in self.titles))

    @property
    def volume_cm3(self) -> float:
        return round(1.9 * self.weight_g, 1)

    @property
    def category(self) -> str:
        """The shelf of the dearest title."""
        return CATEGORY[max(self.titles, key=lambda title: title.price).shelf]


def draw(rng: np.random.Generator) -> Basket:
    """One basket."""
    if rng.random() < PHONE_SHARE:
        return Basket((_pick(rng, PHONES, _PHONE_SHARES),))
    count = 1 + int(np.searchsorted([0.55, 0.83, 0.95], rng.random()))
    return Basket(tuple(_pick(rng, BOOKS, _BOOK_SHARES) for _ in range(count)))


def _pick(rng: np.random.Generator, shelf: tuple[Title, ...], shares: np.ndarray) -> Title:
    return shelf[int(np.searchsorted(shares, rng.random()))]
