"""How fast quotes are: one in process, many in bulk, and through the API against a trivial address of the same server.

Needs the Olist data beside the project. Makes a data folder of its own (`VAFA_BENCH_HOME` keeps it),
imports, fits, and serves on a free port.
"""

from __future__ import annotations

import csv
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("VAFA_TEST_DATA") or ROOT.parent / "shared" / "data") / "olist"
VAFA = Path(sys.executable).parent / "vafa"
ONE, WARM, BULK, ASKED = 1000, 50, 4000, 400


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"quotes: the Olist data are not in {DATA} (VAFA_TEST_DATA names the folder).")
    home = Path(os.environ.get("VAFA_BENCH_HOME") or tempfile.mkdtemp())
    os.environ.update(
        VAFA_HOME=str(home), DJANGO_SETTINGS_MODULE="vafa.config.settings", VAFA_CLOCK_SHIFT_DAYS=str(-days_ago())
    )
    prepare(home)
    import django

    django.setup()
    from table import Row, finish

    questions = sample(ONE + WARM)
    engine, whole, cpu = one_by_one(questions)
    rate = in_bulk(questions)
    quote_cpu, ping_cpu = through_the_api(questions)
    allowed = cpu + 2 * ping_cpu
    finish(
        [
            Row("one quote, 3 options: curves and decisions, p50", "<= 3 ms", f"{engine[0]:.2f} ms", engine[0] <= 3),
            Row("one quote, 3 options: curves and decisions, p99", "<= 10 ms", f"{engine[1]:.2f} ms", engine[1] <= 10),
            Row("one quote, 3 options: looked up, answered, kept (SQLite), p50", "", f"{whole[0]:.2f} ms"),
            Row("one quote, 3 options: looked up, answered, kept (SQLite), p99", "", f"{whole[1]:.2f} ms"),
            Row("quotes in bulk, 2 processes", ">= 2,000 /s", f"{rate:,.0f} /s", rate >= 2000),
            Row("API quote, CPU", f"<= {allowed:.2f} ms", f"{quote_cpu:.2f} ms", quote_cpu <= allowed),
            Row("API ping, CPU", "", f"{ping_cpu:.2f} ms"),
        ]
    )


def days_ago() -> int:
    """Days since the last order: the shop is asked when it was alive, not years after its last fact."""
    with (DATA / "olist_orders_dataset.csv").open(encoding="utf-8-sig", newline="") as file:
        last = max(row["order_purchase_timestamp"] for row in csv.DictReader(file))
    return (datetime.now(UTC).date() - date.fromisoformat(last[:10])).days - 1


def prepare(home: Path) -> None:
    """An imported shop with three options and a fitted model, in `home`."""
    if (home / "ready").exists():
        return
    for words in (["migrate", "-v0"], ["import", "olist", str(DATA)], ["fit", "--activate"]):
        subprocess.run([VAFA, *words], check=True, stdout=subprocess.DEVNULL)
    script = (
        "from vafa.delivery.models import DeliveryOption as D\n"
        "for place, code in enumerate(['standard', 'fast', 'late']):\n"
        "    D.objects.get_or_create(code=code, defaults={'position': place})"
    )
    subprocess.run([VAFA, "shell", "-v0", "-c", script], check=True)
    (home / "ready").touch()


def sample(count: int) -> list[dict[str, Any]]:
    """Questions like the newest orders'."""
    from vafa.orders.models import Order

    fields = ("place__code", "seller__place__code", "seller__code", "weight_g", "price_minor", "category")
    rows = Order.objects.filter(place__isnull=False, seller__isnull=False, weight_g__isnull=False)
    return [
        {"to": to, "from": origin, "seller": seller, "weight_g": weight, "price_minor": price, "category": category}
        for to, origin, seller, weight, price, category in rows.order_by("-placed_at").values_list(*fields)[:count]
    ]


def one_by_one(questions: list[dict[str, Any]]) -> tuple[tuple[float, float], tuple[float, float], float]:
    """p50 and p99 in ms of the engine's part and of the whole action, and the mean CPU of the whole in ms."""
    from vafa.delivery.actions.quotes import make_quote
    from vafa.delivery.queries.options import options
    from vafa.delivery.questions import Asked
    from vafa.engine.decision import Target, decide

    model, moment = active()
    codes = [option.code for option in options()]
    if "sklearn" in sys.modules:
        sys.exit("quotes: the serving path has imported scikit-learn.")
    pure, whole, cpu = [], [], 0.0
    for number, each in enumerate(questions):
        start = time.perf_counter()
        curves = model.curves([engine_question(each, moment, code) for code in codes])
        for curve in curves:
            decide(curve, Target(0.9))
        pure.append(time.perf_counter() - start)
        asked = Asked(**{"origin" if name == "from" else name: value for name, value in each.items()})
        start, used = time.perf_counter(), time.process_time()
        make_quote(asked)
        whole.append(time.perf_counter() - start)
        cpu += time.process_time() - used if number >= WARM else 0.0
    return percentiles(pure[WARM:]), percentiles(whole[WARM:]), 1000 * cpu / (len(questions) - WARM)


def percentiles(seconds: list[float]) -> tuple[float, float]:
    ordered = sorted(seconds)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[int(len(ordered) * 0.99)]


def active() -> tuple[Any, Any]:
    from vafa.delivery.queries import active_model

    found = active_model()
    assert found is not None
    return found.model, found.facts_until + timedelta(hours=12)


def engine_question(each: dict[str, Any], moment: Any, option: str) -> Any:
    from vafa.engine.history import Question
    from vafa.shop.models import Place

    if not PLACES:
        PLACES.update({place.code: place.for_engine() for place in Place.objects.iterator()})
    return Question(
        asked_at=moment,
        destination=PLACES[each["to"]],
        origin=PLACES[each["from"]],
        seller=each["seller"],
        option=option,
        price=each["price_minor"] / 100,
        weight_g=each["weight_g"],
        category=each["category"],
    )


PLACES: dict[str, Any] = {}


def in_bulk(questions: list[dict[str, Any]]) -> float:
    """Questions a second, curves and decisions, by two processes; wall-clock time without their start-up."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(some, [questions[:100]] * 2))  # both have loaded the model
        many = (questions * (2 * BULK // len(questions) + 1))[: 2 * BULK]
        start = time.perf_counter()
        list(pool.map(some, [many[:BULK], many[BULK:]]))
        return 2 * BULK / (time.perf_counter() - start)


def some(questions: list[dict[str, Any]]) -> int:
    import django

    django.setup()
    from vafa.engine.decision import Target, decide_all

    model, moment = active()
    curves = model.curves([engine_question(each, moment, "standard") for each in questions])
    return len(decide_all(curves, Target(0.9)))


def through_the_api(questions: list[dict[str, Any]]) -> tuple[float, float]:
    """CPU in ms that the server spends on a quote and on a ping."""
    from vafa.accounts.actions.tokens import issue_token
    from vafa.accounts.models import User

    owner, _made = User.objects.get_or_create(username="bench", defaults={"role": "owner"})
    _token, key = issue_token("bench", ["quotes:read"], owner)
    server = subprocess.Popen(
        [VAFA, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        port = port_of(server)
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        bodies = [json.dumps(each) for each in questions]
        ask(port, "POST", "/api/v1/quotes", bodies[:WARM], headers)
        quote = cpu_of(server, lambda: ask(port, "POST", "/api/v1/quotes", bodies[:ASKED], headers))
        ask(port, "GET", "/api/v1/ping", [""] * WARM, {})
        ping = cpu_of(server, lambda: ask(port, "GET", "/api/v1/ping", [""] * ASKED, {}))
        return 1000 * quote / ASKED, 1000 * ping / ASKED
    finally:
        server.terminate()
        server.wait(20)


def port_of(server: subprocess.Popen[str]) -> int:
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://[^:]+:(\d+)", line):
            return int(found.group(1))
    sys.exit("quotes: the server did not start.")


def ask(port: int, method: str, path: str, bodies: list[str], headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for body in bodies:
        connection.request(method, path, body=body or None, headers=headers)
        response = connection.getresponse()
        text = response.read()
        assert response.status < 300, text
    connection.close()


def cpu_of(server: subprocess.Popen[str], work: Any) -> float:
    """CPU seconds of the server while `work` runs."""

    def used() -> float:
        fields = Path(f"/proc/{server.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before = used()
    work()
    return used() - before


if __name__ == "__main__":
    main()
