"""Fifty shoppers at once for three minutes, on SQLite and on PostgreSQL: what they wait, what fails, what is lost.

`python3 dev.py bench shoppers`; `benchmarks/shoppers.py --seconds 20 --shoppers 5` for a short look. Each shopper looks
around (home, a search, a shelf, a product), puts a book into his basket, and orders it by all the steps of the
checkout, paying on delivery; between two pages he thinks for one to four seconds. The simulated shop with its 2,000
books is served as it is by default: one web process, one worker beside it, on this machine, where the shoppers are
driven too. PostgreSQL is asked for by VAFA_TEST_POSTGRESQL_URL; without it that half is left out.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from urllib.parse import quote, urlencode

from ground import fresh_database
from table import Row, finish

SHOPPERS, SECONDS = 50, 180
MOST_MS = 500  # under load; alone a page takes a tenth of it
VAFA = Path(sys.executable).with_name("vafa")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SKU = re.compile(r'name="sku" value="([^"]+)"')
PRODUCT = re.compile(r'href="(/shop/p/[^"/]+/)"')
AGREED = re.compile(r'name="agreed" value="([^"]+)"')
WORDS = ["داستان", "شعر", "تاریخ", "باغ", "ستاره", "hafez", "garden", "night", "سفر", "مدينة"]
NAME = "Narges of the bench"
ADDRESS = {
    "name": NAME, "country": "IR", "city": "شیراز", "region": "فارس", "street": "Zand 12",
    "postal_code": "7193653471",
}  # fmt: skip


class Shopper(threading.Thread):
    """One visitor with his own cookies, who comes again until the time is over."""

    def __init__(self, number: int, port: int, until: float) -> None:
        super().__init__(daemon=True)
        self.chance, self.port, self.until, self.number = random.Random(number), port, until, number
        self.waited: dict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()
        self.orders, self.cookies = 0, {"django_language": self.chance.choice(["fa", "ar", "en"])}

    def run(self) -> None:
        self.think()
        while time.monotonic() < self.until:
            try:
                self.shop()
            except (OSError, http.client.HTTPException, AttributeError, IndexError) as fault:
                self.wrong[f"{type(fault).__name__}: {fault}"] += 1

    def shop(self) -> None:
        """From the door to an order; some only look."""
        self.page("home", "/shop/")
        self.page("a search", f"/shop/search/?q={quote(self.chance.choice(WORDS))}")
        shelf = self.page("a shelf", f"/shop/c/novels/?there=on&page={self.chance.randint(1, 8)}")
        product = self.page("a product", self.chance.choice(PRODUCT.findall(shelf)))
        if not SKU.search(product) or self.chance.random() < 0.3:
            return
        self.send("put into the basket", "/shop/basket/put/", product, sku=SKU.findall(product)[0])
        self.page("the basket", "/shop/basket/")
        where = self.page("checkout: where to", "/shop/checkout/")
        phone = f"0912{self.number:03}{self.chance.randint(1000, 9999)}"
        how = self.send("checkout: where to", "/shop/checkout/", where, **ADDRESS, phone=phone)
        pay = self.send("checkout: how", "/shop/checkout/delivery/", how, option="pishtaz")
        agreed = AGREED.findall(pay)[0]
        done = self.send("checkout: order", "/shop/checkout/pay/", pay, way="cash", agreed=agreed)
        self.orders += "/receipt/" in done or "/order/" in done
        self.cookies.pop("vafa_basket", None)

    def page(self, called: str, path: str) -> str:
        return self.ask(called, "GET", path, None)

    def send(self, called: str, path: str, page: str, /, **said: str) -> str:
        return self.ask(called, "POST", path, urlencode({"csrfmiddlewaretoken": TOKEN.findall(page)[-1], **said}))

    def ask(self, called: str, method: str, path: str, body: str | None) -> str:
        """The page at the end of all redirects. What is waited for is all of it."""
        began = time.monotonic()
        for _hop in range(5):
            answer, text = self.once(method, path, body)
            if answer.status not in {301, 302, 303}:
                break
            method, path, body = "GET", answer.getheader("Location") or "/", None
        self.waited[called].append((time.monotonic() - began) * 1000)
        if answer.status != 200:
            self.wrong[f"{answer.status} {called}"] += 1
        self.think()
        return text

    def once(self, method: str, path: str, body: str | None) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": f"10.0.{self.number // 250}.{self.number % 250 + 1}",  # each comes from elsewhere
            "Accept-Encoding": "identity",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        connection.close()
        return answer, text

    def think(self) -> None:
        time.sleep(self.chance.uniform(1, 4))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shoppers", type=int, default=SHOPPERS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    asked = parser.parse_args()
    rows = measured("SQLite", "", asked.shoppers, asked.seconds)
    if address := os.environ.get("VAFA_TEST_POSTGRESQL_URL", ""):
        with fresh_database(address) as own:
            rows += measured("PostgreSQL", own, asked.shoppers, asked.seconds)
    finish(rows)


def measured(name: str, database: str, shoppers: int, seconds: int) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        environment = {**os.environ, "VAFA_HOME": folder, "VAFA_LOG_LEVEL": "ERROR"}
        environment.pop("VAFA_DATABASE_URL", None)
        if database:
            environment["VAFA_DATABASE_URL"] = database
        subprocess.run([VAFA, "demo", "--no-serve"], env=environment, check=True, stdout=sys.stderr)
        port = free_port()
        server = subprocess.Popen(
            [VAFA, "serve", "--worker", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait_for(port)
            people = driven(port, shoppers, seconds)
        finally:
            server.terminate()
            server.wait(30)
        placed = counted(environment)
    return rows_of(name, people, placed, shoppers, seconds)


def driven(port: int, shoppers: int, seconds: int) -> list[Shopper]:
    until = time.monotonic() + seconds
    people = [Shopper(number, port, until) for number in range(shoppers)]
    for each in people:
        each.start()
    for each in people:
        each.join(seconds + 120)
    return people


def counted(environment: dict[str, str]) -> int:
    """Orders in the database by the name that all shoppers give."""
    script = (
        "from vafa.orders.models import Recipient as R; print(R.objects.filter(name='Narges of the bench').count())"
    )
    done = subprocess.run([VAFA, "shell", "-v", "0", "-c", script], env=environment, check=True, capture_output=True)
    return int(done.stdout.split()[-1])


def rows_of(name: str, people: list[Shopper], placed: int, shoppers: int, seconds: int) -> list[Row]:
    waited: dict[str, list[float]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    for each in people:
        wrong.update(each.wrong)
        for page, times in each.waited.items():
            waited[page] += times
    confirmed, every = sum(each.orders for each in people), sorted(chain(*waited.values()))
    print(f"  {name}: {dict(wrong)}", file=sys.stderr)
    rows = [
        Row(f"{name}, {shoppers} shoppers for {seconds} s: pages, p50 / p95 / p99", f"p95 ≤ {MOST_MS} ms",
            f"{len(every):,}, {at(every, 0.5):.0f} / {at(every, 0.95):.0f} / {at(every, 0.99):.0f} ms",
            at(every, 0.95) <= MOST_MS),
        Row("  pages that failed; orders confirmed to shoppers, and in the database", "0; the same",
            f"{wrong.total()}; {confirmed:,}, {placed:,}", not wrong and placed >= confirmed > 0),
    ]  # fmt: skip
    return rows + [
        Row(f"  {page}: p50 / p95", "", f"{at(times, 0.5):.0f} / {at(times, 0.95):.0f} ms")
        for page, times in ((page, sorted(times)) for page, times in waited.items())
    ]


def at(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    for _try in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("shoppers: the server does not answer")


if __name__ == "__main__":
    main()
