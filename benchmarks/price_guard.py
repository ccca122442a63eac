"""How many mistakes in prices the guard stops, and how many right prices it stops in error.

`python3 dev.py bench price_guard`. Three shops' real prices: `online_retail`, one shop's invoices of ten months, whose
price of a day is the one most often paid (every change is real); `electronics_merchant_prices`, what several merchants
ask for one thing (each is judged against the others); `digikala_products_fa`, the price now after the lowest of last
month. A right price is then made wrong as people do it: a zero too many or too few (which is what a mix-up of rial and
toman gives too), two zeros, neighbouring digits exchanged, half the price typed in error.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from table import Row, finish

DATA = Path(os.environ.get("VAFA_TEST_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
LEAST_PAID = 5  # times in a month; a price paid less often was somebody's own
Case = tuple[int, Sequence[int], Sequence[int]]  # the right price, its history, the market


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"price_guard: no prices in {DATA} (VAFA_TEST_DATA names another folder)")
    retail, merchants, digikala = list(of_one_shop()), list(of_merchants()), list(of_digikala())
    finish([
        *rows("One shop, ten months, each price told monthly", retail, alarms=0.02),
        changes(retail),
        *rows("Merchants, each against the others, no history", merchants, alarms=0.02),
        *rows("Digikala, the price now after the lowest of last month", digikala, alarms=0.05),
    ])  # fmt: skip


def rows(name: str, cases: Sequence[Case], *, alarms: float) -> Iterator[Row]:
    stopped = share(cases, lambda price: price)
    tens = [share(cases, slip) for slip in (lambda each: each * 10, lambda each: max(1, round(each / 10)))]
    hundreds = [share(cases, slip) for slip in (lambda each: each * 100, lambda each: max(1, round(each / 100)))]
    yield Row(f"{name}: {len(cases):,} right prices, held in error", f"≤ {alarms:.0%}", f"{stopped:.2%}",
              stopped <= alarms)  # fmt: skip
    yield Row("  a zero too many / too few (rial and toman mixed up): held", "≥ 99 %",
              " / ".join(f"{each:.2%}" for each in tens), min(tens) >= 0.99)  # fmt: skip
    yield Row("  two zeros too many / too few: held", "≥ 99 %", " / ".join(f"{each:.2%}" for each in hundreds),
              min(hundreds) >= 0.99)  # fmt: skip
    yield Row("  half the price; the first two digits exchanged: held", "",
              f"{share(cases, lambda each: max(1, each // 2)):.1%}; {share(cases, exchanged):.1%}")  # fmt: skip


def changes(cases: Sequence[Case]) -> Row:
    """Only what really changed: steps of a sale are meant to be looked at, slips seen where there are none are not."""
    from vafa.engine.price_guard import doubts_about_price

    moved = [(price, history) for price, history, _market in cases if price != history[-1]]
    codes = Counter(doubt.code for price, history in moved for doubt in doubts_about_price(price, history))
    slips = codes["tenfold"] + codes["tenth"]
    return Row(f"  its {len(moved):,} real changes: taken for slips of ten; held as steps beyond half", "≤ 1 %",
               f"{slips / len(moved):.1%}; {codes['step'] / len(moved):.0%} (clearance after a season)",
               slips / len(moved) <= 0.01)  # fmt: skip


def share(cases: Sequence[Case], typed: Callable[[int], int]) -> float:
    """How many of a hundred are held when each is typed so; what was not changed by it is left out."""
    from vafa.engine.price_guard import doubts_about_price

    is_right = typed(12) == 12
    held = [
        bool(doubts_about_price(typed(price), history, market=market))
        for price, history, market in cases
        if is_right or typed(price) != price
    ]
    return sum(held) / len(held)


def exchanged(price: int) -> int:
    digits = str(price)
    return int(digits[1] + digits[0] + digits[2:]) if len(digits) > 1 and digits[1] != "0" else price


def read(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def of_one_shop() -> Iterator[Case]:
    months: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for row in read("purchases/online_retail.csv.gz"):
        pieces, pence = float(row["Quantity"]), round(float(row["UnitPrice"]) * 100)
        if pieces > 0 and pence > 0 and row["CustomerID"] and row["StockCode"][:5].isdecimal():
            months[row["StockCode"]][row["InvoiceDate"][:7]][pence] += 1
    for paid in months.values():
        prices: list[int] = []
        for month in sorted(paid):
            usual, times = paid[month].most_common(1)[0]
            if times < LEAST_PAID:
                continue
            if prices:
                yield usual, tuple(prices), ()
            if not prices or usual != prices[-1]:
                prices.append(usual)


def of_merchants() -> Iterator[Case]:
    asked: dict[str, dict[str, int]] = defaultdict(dict)
    for row in read("catalog/electronics_merchant_prices.csv.gz"):
        try:
            cents = round(float(row["amountMin"]) * 100)
        except ValueError:
            continue
        if row["conditions"].strip().lower().startswith("new") and row["currency"] == "USD" and cents > 0:
            asked[row["brand"] + row["manufacturerNumber"]].setdefault(row["merchant"], cents)
    for prices in asked.values():
        each = list(prices.values())
        if len(each) >= 4:
            for place, price in enumerate(each):
                yield price, (), [*each[:place], *each[place + 1 :]]


def of_digikala() -> Iterator[Case]:
    for row in read("catalog/digikala_products_fa.csv.gz"):
        now, lowest = int(float(row["Price"] or 0)), int(float(row["min_price_last_month"] or 0))
        if now > 0 and lowest > 0:
            yield now, (lowest,), ()


if __name__ == "__main__":
    main()
