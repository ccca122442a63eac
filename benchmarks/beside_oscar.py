"""The shop window beside a plain django-oscar shop that sells the same goods: what a page costs each server.

`python3 dev.py bench beside_oscar`. An environment of its own is made for django-oscar (versions and digests in
`benchmarks/beside/requirements.txt`) and thrown away afterwards; the shop in it is what its guide sets up. Both serve
for production (no debugging, compiled templates kept) from SQLite, have the same 2,000 products without pictures and
show as many on a page. Each runs in a process of its own and is asked through its whole application, in turns, while
the other rests, and its processor time is counted. The visitor keeps his cookies as a browser does; first visits are
measured beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from table import Row, finish

BESIDE = Path(__file__).resolve().parent / "beside"
ROUNDS, AT_ONCE, TIMES = 5, 12, 10
sys.path.insert(0, str(BESIDE))


@dataclass
class Shop:
    """One shop in its process, what it answered so far."""

    process: subprocess.Popen[str]
    addresses: dict[str, list[str]] = field(default_factory=dict)

    def pages(self, kind: str, turn: int) -> list[str]:
        """Other pages in every turn, of the same goods in both shops."""
        every = self.addresses[kind]
        return [every[(turn * AT_ONCE + each) % len(every)] for each in range(AT_ONCE)]

    def ask(self, paths: list[str], visitor: str, *, count: bool = False) -> list[float]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"paths": paths, "as": visitor, "count": count}) + "\n")
        self.process.stdin.flush()
        return list(self.answer())

    def answer(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"beside_oscar: {self.process.args} ended before it answered")
        return json.loads(line)


def main() -> None:
    from goods import PRODUCTS, goods

    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        python = environment(Path(folder) / "env")
        file = Path(folder) / "goods.json"
        file.write_text(json.dumps(goods()), encoding="utf-8")
        a_page = on_a_page(folder)
        settings = {"BESIDE_FOLDER": folder, "BESIDE_A_PAGE": str(a_page)}
        oscar, vafa = (
            started(python, "oscar_shop.py", file, settings),
            started(sys.executable, "vafa_shop.py", file, {}),
        )
        try:
            for shop in (oscar, vafa):
                shop.addresses = shop.answer()
            said = f"{PRODUCTS:,} products, {a_page} on a page; "
            rows = [
                compared(oscar, vafa, kind=kind, visitor=visitor, called=said * (number == 0) + called)
                for number, (kind, visitor, called) in enumerate(MEASURED)
            ]
        finally:
            for shop in (oscar, vafa):
                shop.process.kill()
                shop.process.wait()
    finish(rows)


# kind of page, who of Vafa's visitors asks, how the row is called
MEASURED = [
    ("shelves", "again", "a category"),
    ("products", "again", "a product"),
    ("products", "placed", "a product with dates for a chosen place, which oscar does not tell"),
    ("shelves", "first", "a category, on the first visit"),
    ("products", "first", "a product, on the first visit"),
]


def on_a_page(folder: str) -> int:
    """How many products Vafa shows on a page; the other shop is told to show as many."""
    os.environ.update(VAFA_HOME=folder, DJANGO_SETTINGS_MODULE="vafa.config.settings")
    import django

    django.setup()
    from vafa.catalog.queries.finding import PAGE

    return PAGE


def environment(folder: Path) -> str:
    """A Python with django-oscar, apart from that of the product."""
    import venv

    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
    subprocess.run([programs / "python", *install, "-r", BESIDE / "requirements.txt"], check=True)
    return str(programs / "python")


def started(python: str, script: str, goods_file: Path, settings: dict[str, str]) -> Shop:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VAFA_", "DJANGO_"))}
    command = [python, "-W", "ignore", str(BESIDE / script), str(goods_file)]
    return Shop(
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**kept, **settings},
        )
    )  # fmt: skip


def compared(oscar: Shop, vafa: Shop, *, kind: str, visitor: str, called: str) -> Row:
    """Both shops asked in turns for the same goods; how many times longer the other takes, by the medians."""
    theirs, ours = [], []
    of_oscar = "again" if visitor == "placed" else visitor
    for turn in range(ROUNDS + 1):
        spent = oscar.ask(oscar.pages(kind, turn), of_oscar), vafa.ask(vafa.pages(kind, turn), visitor)
        if turn:  # the first warms both
            theirs += spent[0]
            ours += spent[1]
    theirs.sort()
    ours.sort()
    times = at(theirs, 0.5) / at(ours, 0.5)
    figure = "; ".join(
        f"{name} {at(spent, 0.5):.1f} / {at(spent, 0.95):.1f} ms, {max(shop.ask(shop.pages(kind, 0), who, count=True))}"
        for name, shop, spent, who in (("oscar", oscar, theirs, of_oscar), ("Vafa", vafa, ours, visitor))
    )
    goal = f"≥ {TIMES} × less time" if visitor == "again" else ""
    return Row(
        f"{called}: processor time p50 / p95, queries",
        goal,
        f"{figure}: {times:.1f} ×",
        times >= TIMES if goal else None,
    )


def at(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


if __name__ == "__main__":
    main()
