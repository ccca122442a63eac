"""In which editions a thing is sold, for how much, and how many pieces lie where."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from vafa.demo.catalogue.things import Edition, Pile
from vafa.demo.catalogue.words import Texts, texts

PAPER, HARD = texts(("شومیز", "غلاف ورقي", "Paperback")), texts(("گالینگور", "غلاف صلب", "Hardcover"))
ONE, TWO = texts(("تک‌جلدی", "مجلّد واحد", "One volume")), texts(("دورهٔ دوجلدی", "مجلّدان", "Two volumes"))
COLOURS = (texts(("مشکی", "أسود", "Black")), texts(("آبی", "أزرق", "Blue")))
STORE, DEPOT = "main", "karaj"
FRIDAY = 4
SOLD_OUT, NEARLY_OUT, BACK_KNOWN = 0.08, 0.22, 0.6


def book_editions(
    rng: np.random.Generator, *, price: int, weight_g: int, pages: int, today: date, sells_well: bool = False
) -> tuple[tuple[Edition, ...], Texts | None]:
    """One to three editions; the binding that all of them have, None where it is the reader's choice."""

    def edition(choices: dict[str, Texts], dearer: float, heavier: float) -> Edition:
        piles = _piles(rng, today, sells_well=sells_well)
        return Edition(choices, _rounded(price * dearer), round(weight_g * heavier), piles)

    chance = float(rng.random())
    if pages > 300 and chance < 0.07:
        several = (
            edition({"binding": PAPER, "volumes": ONE}, 1.0, 1.0),
            edition({"binding": HARD, "volumes": ONE}, 1.3, 1.25),
            edition({"binding": HARD, "volumes": TWO}, 1.55, 1.4),
        )
        return several, None
    if pages > 90 and chance < 0.2:
        return (edition({"binding": PAPER}, 1.0, 1.0), edition({"binding": HARD}, 1.3, 1.25)), None
    hard = chance > 0.8 or pages <= 64
    return (edition({}, 1.0, 1.0),), HARD if hard else PAPER


def phone_editions(rng: np.random.Generator, *, price: int, weight_g: int, today: date) -> tuple[Edition, ...]:
    """One a colour."""
    return tuple(Edition({"colour": each}, price, weight_g, _piles(rng, today, sells_well=True)) for each in COLOURS)


def _rounded(price: float) -> int:
    return max(5 * round(price / 5), 45)


def _piles(rng: np.random.Generator, today: date, *, sells_well: bool) -> tuple[Pile, ...]:
    """In the store, and of what sells well or came in bulk in the depot too."""
    chance = float(rng.random())
    if not sells_well and chance < SOLD_OUT:
        return (Pile(STORE, 0, _next_delivery(rng, today)),)
    if not sells_well and chance < NEARLY_OUT:
        return (Pile(STORE, int(rng.integers(1, 4))),)
    store = Pile(STORE, int(rng.integers(4, 25)))
    if sells_well or chance > 0.72:
        return store, Pile(DEPOT, int(rng.integers(20, 160)))
    return (store,)


def _next_delivery(rng: np.random.Generator, today: date) -> date | None:
    if rng.random() > BACK_KNOWN:
        return None
    day = today + timedelta(days=int(rng.integers(4, 36)))
    return day + timedelta(days=1) if day.weekday() == FRIDAY else day
