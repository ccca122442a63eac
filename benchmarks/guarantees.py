"""The sweep of guarantees on SQLite: finding what is to be judged among many promises that stand under one.

`python3 dev.py bench guarantees`; `benchmarks/guarantees.py --promises 100000` builds a smaller ledger. One promise in
fifty is open, as where an order takes a week and the ledger holds a year; the rest has been judged.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ground import empty_shop, register_bench_kind
from table import Row, finish

PROMISES, OPEN_SHARE, ROUNDS = 1_000_000, 50, 30
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--promises", type=int, default=PROMISES, help="promises under the guarantee")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vafa-bench-") as folder:
        empty_shop(Path(folder))
        register_bench_kind()
        multiply(a_covered_promise(), wanted.promises)
        finish(found_in(wanted.promises))


def a_covered_promise() -> int:
    """One promise under a published guarantee; its id."""
    from vafa.promises.actions import make_promise, publish, save_draft
    from vafa.promises.guarantee_terms import GuaranteeTerms

    text = {"fa": "تا همان روز", "ar": "في اليوم نفسه", "en": "On the day"}
    save_draft("bench", GuaranteeTerms("bench", "on_date", date(2026, 1, 1), "IRR", text=text), at=START)
    version = publish("bench", by="staff:1", at=START)
    return make_promise(
        kind="bench", key="bench:0", subject_type="order", subject_ref="0", party_ref="C-0", text=text,
        due_on=date(2026, 1, 8), zone="UTC", guarantee_version=version.reference, at=START,
    ).pk  # fmt: skip


def multiply(pk: int, count: int) -> None:
    """As many copies of the promise and its cover, written by the database itself."""
    from django.db import connection

    from vafa.promises.models import Cover, Promise

    changed = {
        "id": "n", "public_id": "lower(hex(randomblob(16)))", "key": "'bench:' || n", "subject_ref": "n",
        "state": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN 'open' ELSE 'kept' END",
        "fulfilled_at": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN NULL ELSE made_at END",
        "settled_at": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN NULL ELSE made_at END",
        "margin_days": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN NULL ELSE 3 END",
        "margin_seconds": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN NULL ELSE 259200 END",
        "original_margin_days": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN NULL ELSE 3 END",
        "original_margin_seconds": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN NULL ELSE 259200 END",
        "claim": "NULL",
    }  # fmt: skip
    covers = {"id": "n", "promise_id": "n", "state": f"CASE WHEN n % {OPEN_SHARE} = 0 THEN 'open' ELSE 'met' END"}
    with connection.cursor() as cursor:
        for model, new in ((Promise, changed), (Cover, covers)):
            columns = [field.column for field in model._meta.concrete_fields]
            chosen = ", ".join(new.get(column, column) for column in columns)
            table, names = model._meta.db_table, ", ".join(columns)
            cursor.execute(
                f"WITH RECURSIVE row(n) AS (SELECT {pk + 1} UNION ALL SELECT n + 1 FROM row WHERE n < {pk + count}) "
                f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table}, row WHERE {table}.id = {pk}"
            )
        cursor.execute("ANALYZE")


def found_in(count: int) -> list[Row]:
    """The sweep's question: mostly nothing is to be judged; when the grace of a day ends, all that is open."""
    from vafa.promises.models import Cover
    from vafa.promises.queries.remedies import covers_to_judge

    rows = []
    for name, at in (("nothing to judge", START), ("the oldest hundred of many", START + timedelta(days=60))):
        took = []
        for _round in range(ROUNDS):
            started = time.perf_counter()
            found = len(covers_to_judge(at).values_list("pk", flat=True)[:100])
            took.append(time.perf_counter() - started)
        shown = f"{statistics.median(took) * 1000:,.0f} ms, slowest {max(took) * 1000:,.0f} ms"
        among = (
            f"among {count:,} promises under a guarantee, {Cover.objects.filter(state='open').count():,} of them open"
        )
        rows.append(Row(f"{name}, {among} ({found} found)", "one question a minute", shown))
    return rows


if __name__ == "__main__":
    sys.exit(main())
