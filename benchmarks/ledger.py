"""The ledger on SQLite: promises made one by one, history imported in bulk, a list that must not slow down with age.

`python3 dev.py bench ledger`; `benchmarks/ledger.py --large 1000000` builds a smaller large ledger.
Two ledgers are built side by side with the same share of open promises, and the page's query is timed in turn on both.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ground import empty_shop, register_bench_kind
from table import Row, finish

SMALL, LARGE, OPEN_SHARE = 100_000, 5_000_000, 100  # one promise in a hundred is open
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
NOW = START + timedelta(days=60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", type=int, default=LARGE, help="promises in the large ledger")
    parser.add_argument("--skip-large", action="store_true", help="only the rates")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        empty_shop(Path(folder))
        register_bench_kind()
        rows = [*made_one_by_one(), *imported(), *swept(), *sealed()]
        if not wanted.skip_large:
            rows += aged(Path(folder), wanted.large)
        finish(rows)


def batched(items: Sequence[Any], size: int = 500) -> Iterator[Sequence[Any]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def a_second(count: int, seconds: float, work_time: float) -> str:
    """A rate by the clock on the wall, and by the processor's: the second does not suffer from a busy machine."""
    return f"{count / seconds:,.0f} /s ({count / work_time:,.0f} a second of processor time)"


# --- rates


def made_one_by_one() -> list[Row]:
    from django.db import connection

    from vafa.promises.actions import make_promise

    def one(number: int) -> None:
        made_at = START + timedelta(days=50, seconds=number)
        make_promise(
            kind="bench", key=f"one:{number}", subject_type="order", subject_ref=f"{number}", party_ref=f"c{number}",
            text={"fa": "تا چهارشنبه می‌رسد.", "en": "With you by Wednesday."}, channel="web",
            due_on=made_at.date() + timedelta(days=5), zone="Asia/Tehran", probability=0.93, place="Shiraz",
            region="Fars", seller="", at=made_at,
        )  # fmt: skip

    for number in range(-50, 0):
        one(number)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT UNIQUE, made_at TEXT)")
    batches: list[float] = []
    bare: list[float] = []
    work_time = 0.0
    for batch in batched(range(6000)):
        before = time.process_time()
        batches.append(timed(lambda batch=batch: [one(each) for each in batch]))
        work_time += time.process_time() - before
        bare.append(timed(lambda batch=batch: [bare_row(each) for each in batch]))
    typical, least = statistics.median(batches), statistics.median(bare)
    figure = a_second(500, typical, work_time / len(batches))
    return [
        Row("promises made one by one, each with its signed receipt", "≥ 800 /s", figure, 500 / typical >= 800),
        Row("  beside it, rows of three columns, each in a transaction of its own", "", f"{500 / least:,.0f} /s"),
        Row("  so a promise with event, receipt and totals costs", "", f"{typical / least:.1f} such rows"),
    ]


def bare_row(number: int) -> None:
    """The least that the same driver, file and machine need to keep one row: a measure of the machine."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (name, made_at) VALUES (%s, %s)", [f"one:{number}", START.isoformat()])


def history(count: int) -> list[Any]:
    from vafa.promises.actions import HistoricPromise

    chance = random.Random(7)
    rows = []
    for number in range(count):
        made_at = START + timedelta(seconds=number * 60)
        due_on = made_at.date() + timedelta(days=chance.randint(2, 20))
        fulfilled_at = made_at + timedelta(days=chance.random() * 20)
        rows.append(
            HistoricPromise(
                key=f"history:{number}", kind="bench", subject_type="order", subject_ref=f"h{number}",
                party_ref=f"c{number}", made_at=made_at, due_on=due_on, zone="America/Sao_Paulo",
                fulfilled_at=fulfilled_at, place="sao paulo", region="SP", seller="s1",
                evidence={"source": "orders.csv", "line": str(number)},
            )
        )  # fmt: skip
    return rows


def imported() -> list[Row]:
    from vafa.promises.actions import Imported, import_promises
    from vafa.promises.actions.importing import CHUNK

    rows = history(30_000)
    before = time.process_time()
    times = [timed(lambda chunk=chunk: import_promises(chunk, at=NOW)) for chunk in batched(rows, CHUNK)]
    figure = a_second(len(rows), sum(times), time.process_time() - before)
    again = timed(lambda: import_promises(rows, at=NOW))
    assert import_promises(rows[:1000], at=NOW) == Imported(unchanged=1000)
    rate, most = len(rows) / sum(times), max(times) * 1000
    return [
        Row("history imported in bulk, each settled, two events each", "≥ 5,000 /s", figure, rate >= 5000),
        Row(f"  longest write transaction ({CHUNK} rows)", "≤ 200 ms", f"{most:.0f} ms", most <= 200),
        Row("  the same import again, which writes nothing", "", f"{len(rows) / again:,.0f} /s"),
    ]


def swept() -> list[Row]:
    from vafa.promises.actions import break_overdue

    late = NOW + timedelta(days=30)
    broken: list[int] = []
    spent = timed(lambda: [broken.append(count) for count in iter(lambda: break_overdue(late), 0)])
    return [Row("overdue promises broken by the sweep", "", f"{sum(broken) / spent:,.0f} /s")]


def sealed() -> list[Row]:
    from vafa.promises.actions import seal
    from vafa.promises.models import PromiseEvent

    count = PromiseEvent.objects.filter(sealed_in__isnull=True).count()
    spent = timed(lambda: seal(NOW))
    return [Row("events sealed", "", f"{count / spent:,.0f} /s")]


# --- the query that must not slow down


def aged(folder: Path, large: int) -> list[Row]:
    names = {count: folder / f"ledger-{count}.sqlite3" for count in (SMALL, large)}
    for count, file in names.items():
        spent = timed(lambda file=file, count=count: build(file, count))
        print(f"  built {count:,} promises in {spent:.0f} s, {file.stat().st_size / 1e6:,.0f} MB", flush=True)
    seconds: dict[int, list[float]] = {count: [] for count in names}
    for _ in range(5):
        for count, file in names.items():
            connect(file)
            ask()
            seconds[count] += [timed(ask) for _ in range(40)]
    medians = {count: statistics.median(times) * 1000 for count, times in seconds.items()}
    ratio = medians[large] / medians[SMALL]
    figure = f"{ratio:.2f} × ({medians[SMALL]:.2f} → {medians[large]:.2f} ms)"
    return [
        Row(f"open and at risk, {large:,} promises against {SMALL:,}", "≤ 2 ×", figure, ratio <= 2),
        *figures(large),
    ]


def figures(count: int) -> list[Row]:
    """The figures of the first page and of the record, from the daily totals of the large ledger."""
    from vafa.promises.queries import headline, record

    last = date(2026, 3, 6)
    first = last - timedelta(days=89)
    asked = {
        "the headline three of 90 days": lambda: headline(first, last),
        "the record by kind over 30, 90 and 365 days": lambda: [
            record(last - timedelta(days=days - 1), last) for days in (30, 90, 365)
        ],
    }
    rows = []
    for name, ask_one in asked.items():
        spent = statistics.median(timed(ask_one) for _ in range(40)) * 1000
        rows.append(Row(f"{name}, {count:,} promises", "≤ 20 ms", f"{spent:.1f} ms", spent <= 20))
    return rows


def ask() -> None:
    from vafa.promises.queries import at_risk

    found = at_risk(at=NOW)
    assert len(found) == 50, len(found)


def connect(file: Path) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = str(file)


def build(file: Path, count: int) -> None:
    """A ledger of `count` promises by one INSERT … SELECT; the indexes are the product's own, put back afterwards."""
    from django.core.management import call_command
    from django.db import connection

    connect(file)
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type='index' AND sql LIKE '%promises_promise\"%'")
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(FILL, [count, *moments()])
        for _, statement in indexes:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    from vafa.promises.actions import mend_totals

    mend_totals()


def moments() -> list[str]:
    def text(moment: datetime) -> str:
        return moment.strftime("%Y-%m-%d %H:%M:%S")

    return [text(NOW), "2026-03-06", text(NOW), text(NOW), "2026-03-06"]


FILL = f"""
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
INSERT INTO promises_promise (
  public_id, key, kind, unit, direction, subject_type, subject_ref, party_ref, text, channel, origin, guarantee_version,
  probability, place, region, seller, made_at, due_on, zone, due_at, settle_after, asked_by, original_due_on,
  original_due_at, state, settled_at, fulfilled_at, margin_days, margin_seconds, original_margin_days,
  original_margin_seconds, corrected)
SELECT
  printf('%%032x', i), 'k' || i, 'bench', 'day', 'to_customer', 'order', 'o' || i, 'c' || (i %% 100000),
  '{{"en": "With you by Wednesday."}}', 'web', 'quote', '', 0.5 + (i * 7919 %% 500) / 1000.0, 'p' || (i %% 300),
  'r' || (i %% 27), 's' || (i %% 50), datetime(%s, '-20 days'), date(%s, '-' || (i * 13 %% 365) || ' days'),
  'Asia/Tehran',
  CASE WHEN i %% {OPEN_SHARE} = 0 THEN datetime(%s, '+' || (i * 31 %% 20000) || ' minutes')
  ELSE '2026-02-01 00:00:00' END,
  datetime(%s, '+40 days'), '', date(%s, '-' || (i * 13 %% 365) || ' days'), '2026-02-01 00:00:00',
  CASE WHEN i %% {OPEN_SHARE} = 0 THEN 'open' ELSE 'kept' END,
  CASE WHEN i %% {OPEN_SHARE} = 0 THEN NULL ELSE '2026-01-30 00:00:00' END,
  CASE WHEN i %% {OPEN_SHARE} = 0 THEN NULL ELSE '2026-01-30 00:00:00' END,
  CASE WHEN i %% {OPEN_SHARE} = 0 THEN NULL ELSE 2 END, CASE WHEN i %% {OPEN_SHARE} = 0 THEN NULL ELSE 172800 END,
  CASE WHEN i %% {OPEN_SHARE} = 0 THEN NULL ELSE 2 END, CASE WHEN i %% {OPEN_SHARE} = 0 THEN NULL ELSE 172800 END, 0
FROM n
"""

if __name__ == "__main__":
    sys.exit(main())
